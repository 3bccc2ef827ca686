import { launchChromium, launchFirefox } from '/work/wt/look/e2e/browser.ts'
import { serve } from '/work/wt/look/e2e/site.ts'
await using site = await serve('/work/wt/look/public')
{
  await using browser = await launchChromium()
  const page = await browser.newPage()
  await page.setViewport({width:1200,height:860}); await page.goto(site.root+'index.html'); await page.screenshot({path:'/tmp/look/s-index.png'})
  await page.setViewport({width:390,height:860}); await page.goto(site.root+'checklists/company-vpn.html'); await page.screenshot({path:'/tmp/look/s-list.png'})
  await page.setViewport({width:320,height:700}); await page.goto(site.root+'index.html'); await page.screenshot({path:'/tmp/look/s-320.png', fullPage:true})
  const s = await page.createCDPSession(); await s.send('Emulation.setEmulatedMedia',{features:[{name:'forced-colors',value:'active'},{name:'prefers-color-scheme',value:'dark'}]})
  await page.setViewport({width:1000,height:1000}); await page.screenshot({path:'/tmp/look/s-forced.png'})
  await page.goto(site.root+'checklists/company-vpn.html'); await page.screenshot({path:'/tmp/look/s-forced2.png'})
  await page.goto(site.root+'survey.html'); await page.screenshot({path:'/tmp/look/s-forced3.png'})
  await s.send('Emulation.setEmulatedMedia',{features:[]})
  await page.goto(site.root+'methods/employee-local.html')
  console.log('find', await page.evaluate("[window.find('従業員所有端末・会社非接続方式'), getSelection().selectAllChildren(document.querySelector('h1'))||getSelection().toString()]"))
}
{
  await using browser = await launchFirefox()
  const page = await browser.newPage()
  for (const [w,names] of [[360,['index','methods/employee-local','matrix','glossary','checklists/company-vpn']],[1280,['index','methods/employee-local','measures/antivirus','contacts']]] as const) {
    await page.setViewport({width:w,height:1400})
    for (const n of names) { await page.goto(site.root+n+'.html'); await page.screenshot({path:`/tmp/look/ff-${w}-${n.replace('/','-')}.png`}) }
  }
  await page.goto(site.root+'methods/employee-local.html')
  console.log('ff copy', await page.evaluate("(getSelection().selectAllChildren(document.querySelector('h1')), getSelection().toString())"), await page.evaluate("(getSelection().removeAllRanges(), window.find('従業員所有端末・会社非接続方式'))"))
}
