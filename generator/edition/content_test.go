// Package edition_test tests the content of this repository: that the edition says what its sources
// say, in words that its readers know. What it finds wrong is put right in content/; the generator is
// tested beside its packages.
package edition_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tebiki/generator/handbook"
	"tebiki/generator/source"
	"tebiki/generator/words"
)

const folder = "../../content"

// load reads the content on no particular day: what time makes overdue is for an editor to see, not
// for a test to fail.
var load = sync.OnceValues(func() (*handbook.Handbook, error) {
	said, err := interfaceTexts()
	if err != nil {
		return nil, err
	}
	h, problems, err := handbook.Load(os.DirFS(folder), time.Time{}, handbook.Said{Texts: said})
	var faults strings.Builder
	for _, p := range problems {
		if !p.Warning || p.File == "published.toml" { // what is published here is promised
			fmt.Fprintf(&faults, "\ncontent/%s", p)
		}
	}
	if err == nil && faults.Len() > 0 {
		err = fmt.Errorf("the content has problems:%s", &faults)
	}
	return h, err
})

// interfaceTexts returns all words of the interface.
func interfaceTexts() ([]string, error) {
	uses, err := words.Uses(os.DirFS("../../layouts"))
	if err != nil {
		return nil, err
	}
	w, _, err := words.Load(os.DirFS(folder), uses)
	if err != nil {
		return nil, err
	}
	said, _ := w.All()
	return said, nil
}

// edition returns the handbook that the content is.
func edition(t *testing.T) *handbook.Handbook {
	t.Helper()
	h, err := load()
	if err != nil {
		t.Fatal("the content has problems: TestContentHasNoProblems names them")
	}
	return h
}

// read returns a file of the content.
func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(folder + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestContentHasNoProblems(t *testing.T) {
	if _, err := load(); err != nil {
		t.Error(err)
	}
}

// compareLines compares what was made of the content, a line per record, with a table.
func compareLines(t *testing.T, got []string, table string) {
	t.Helper()
	var want []string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		want = append(want, strings.Join(strings.Fields(line), " "))
	}
	for i := range max(len(got), len(want)) {
		g, w := "(nothing)", "(nothing)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("line %d\ngot  %s\nwant %s", i+1, g, w)
		}
	}
}

// TestMethods: slug, number, mark, name, and how many measures of each priority, then the
// preparations and what we added. The counts ◎ and ○ of company-vpn are printed in the ministry's deck.
func TestMethods(t *testing.T) {
	h := edition(t)
	var got []string
	for _, m := range h.Methods {
		line := fmt.Sprintf("%s %d %s %s", m.Slug, m.Number, m.Mark, m.Name)
		for _, group := range m.Original() {
			line += fmt.Sprintf(" %s%d", group.Priority.Mark, len(group.Measures))
		}
		line += fmt.Sprintf(" 準備%d", len(m.Preparation))
		for _, group := range m.Additions() {
			line += fmt.Sprintf(" %s%d", group.Priority.Mark, len(group.Measures))
		}
		got = append(got, line)
	}
	compareLines(t, got, `
company-vpn      1 ① 会社支給端末・VPN/リモートデスクトップ方式 ◎10 ○21 準備2 追6
company-cloud    2 ② 会社支給端末・会社非接続方式（クラウドサービス型） ◎11 ○18 準備2 追6
company-local    3 ③ 会社支給端末・会社非接続方式（手元作業型） ◎13 ○7 準備2 追2
company-browser  4 ④ 会社支給端末・セキュアブラウザ方式 ◎9 ○20 準備2 追6
employee-vpn     5 ⑤ 従業員所有端末・VPN/リモートデスクトップ方式 ◎10 ○21 準備2 追7
employee-cloud   6 ⑥ 従業員所有端末・会社非接続方式（クラウドサービス型） ◎11 ○18 準備2 追7
employee-local   7 ⑦ 従業員所有端末・会社非接続方式（手元作業型） ◎13 ○6 準備2 追3
employee-browser 8 ⑧ 従業員所有端末・セキュアブラウザ方式 ◎9 ○19 準備2 追7
`)
}

// TestDeck: the seven measures that the ministry's deck prints, with
// number, category, threats and priority for company-vpn as they stand there.
func TestDeck(t *testing.T) {
	h := edition(t)
	marks := map[string]string{}
	for _, p := range h.Priorities {
		marks[p.Slug] = p.Mark
	}
	var got []string
	for _, m := range h.Measures {
		if m.Origin.Slug != "deck" {
			continue
		}
		var threats []string
		for _, threat := range m.Threats {
			threats = append(threats, threat.Name)
		}
		// The deck prints a condition for one of them; that of trusted-apps is ours.
		if m.Slug == "suspicious-mail" && m.Exception == "" {
			t.Errorf("measure %s: got no not_applicable_when, want the deck's", m.Number)
		}
		got = append(got, fmt.Sprintf("%s %s %s %s %s", m.Slug, m.Number, m.Category.Name, marks[m.PrioritySlug["company-vpn"]], strings.Join(threats, "、")))
	}
	compareLines(t, got, `
antivirus          2-1 マルウェア対策         ◎ マルウェア感染
suspicious-mail    2-2 マルウェア対策         ○ マルウェア感染
trusted-apps       2-3 マルウェア対策         ○ マルウェア感染
need-to-know       3-1 アクセス制御（論理）   ◎ 不正アクセス
network-boundary   3-2 アクセス制御（論理）   ○ 不正アクセス
screen-privacy     4-1 アクセス制御（物理）   ◎ 情報の盗聴
supported-software 5-1 脆弱性管理             ◎ 不正アクセス
`)
}

// TestMeasures: every measure with its number, where it comes from, its
// threats, and its priorities in the order of the methods, ①②③④⑤⑥⑦⑧.
func TestMeasures(t *testing.T) {
	h := edition(t)
	var got []string
	for _, m := range h.Measures {
		priorities := ""
		for _, method := range h.Methods {
			switch on := m.On(method); {
			case on == nil:
				priorities += "-"
			case on.Priority == nil:
				priorities += "準"
			default:
				priorities += on.Priority.Mark
			}
		}
		got = append(got, fmt.Sprintf("%s %s %s %s %s", m.Slug, m.Number, m.Origin.Slug, priorities, strings.Join(m.ThreatSlugs, ",")))
	}
	compareLines(t, got, `
device-register        1-1  public 準準準準準準準準 malware,unauthorized-access,loss-theft
system-register        1-2  public 準準準準準準準準 unauthorized-access,eavesdropping
antivirus              2-1  deck   ◎◎◎◎◎◎◎◎ malware
suspicious-mail        2-2  deck   ○○-○○○-○ malware
trusted-apps           2-3  deck   ○○○○○○○○ malware
need-to-know           3-1  deck   ◎◎◎◎◎◎◎◎ unauthorized-access
network-boundary       3-2  deck   ○--○○--○ unauthorized-access
meeting-admission      3-3  own    ○○-○○○-○ unauthorized-access,eavesdropping
cloud-sharing          3-4  own    ○◎-○○◎-○ unauthorized-access,eavesdropping
screen-privacy         4-1  deck   ◎◎◎◎◎◎◎◎ eavesdropping
voice-and-background   4-2  own    ○○○○○○○○ eavesdropping
carrying-and-storage   4-3  own    ○○◎○○○◎○ loss-theft
supported-software     5-1  deck   ◎◎◎◎◎◎◎◎ unauthorized-access
prompt-updates         5-2  own    ◎◎◎◎◎◎◎◎ malware,unauthorized-access
gateway-updates        5-3  own    ◎--○◎--○ unauthorized-access,malware
encrypted-connection   6-1  own    ○○-○○○-○ eavesdropping
home-wifi              6-2  own    ○○○○○○○○ eavesdropping,unauthorized-access
public-wifi            6-3  own    ○○-○○○-○ eavesdropping
incident-contact       7-1  own    ◎◎◎◎◎◎◎◎ malware,unauthorized-access,loss-theft,eavesdropping
lost-device            7-2  own    ○○◎○○○◎○ loss-theft
access-logs            7-3  own    ○○-○○○-○ unauthorized-access
security-alerts        7-4  own    ○○○○○○○○ malware,unauthorized-access
backup                 8-1  own    ○○◎○○○◎○ malware,loss-theft
disk-encryption        8-2  own    ○○◎-○○◎- loss-theft
removable-media        8-3  own    ○○◎-○○◎- loss-theft,malware
disposal               8-4  own    ○○○○○○◎○ loss-theft,unauthorized-access
strong-passwords       9-1  own    ◎◎◎◎◎◎◎◎ unauthorized-access
multi-factor           9-2  own    ◎◎-◎◎◎-◎ unauthorized-access
account-review         9-3  own    ○◎-○○◎-○ unauthorized-access
lockout                9-4  own    ○○○○○○○○ unauthorized-access,loss-theft
default-admin-password 10-1 own    ◎◎◎◎◎◎-◎ unauthorized-access
standard-user          10-2 own    ○○○○○○○- malware,unauthorized-access
few-admins             10-3 own    ○○-○○○-○ unauthorized-access
generative-ai          11-1 own    追追-追追追-追 eavesdropping,malware
remote-control         11-2 own    追追-追追追-追 unauthorized-access,malware
sending-files          11-3 own    追追-追追追-追 eavesdropping,malware
mail-domain            11-4 own    追追-追追追-追 malware,unauthorized-access
staff-drill            11-5 own    追追追追追追追追 malware,unauthorized-access,loss-theft
device-consent         11-6 own    ----追追追追 loss-theft,unauthorized-access
joiners-leavers        11-7 own    追追追追追追追追 unauthorized-access,loss-theft
`)
}

// TestThreats: the four threats of the first edition.
func TestThreats(t *testing.T) {
	h := edition(t)
	var got []string
	for _, threat := range h.Threats {
		got = append(got, fmt.Sprintf("%s %s", threat.Slug, threat.Name))
	}
	slices.Sort(got) // their order is ours
	compareLines(t, got, `
eavesdropping       情報の盗聴
loss-theft          端末の紛失・盗難
malware             マルウェア感染
unauthorized-access 不正アクセス
`)
}

// TestFlow: the ten paths of the flowchart and the method at the end of each. The names are
// addresses: they stand in links that readers passed on.
func TestFlow(t *testing.T) {
	h := edition(t)
	var got []string
	for _, end := range h.Flow.Ends() {
		line := ""
		for _, step := range end.Steps {
			line += step.Question.Slug + "=" + step.Answer.Slug + " "
		}
		got = append(got, line+end.Method.Slug)
	}
	compareLines(t, got, `
owner=company  remote=yes save=yes              company-vpn
owner=company  remote=yes save=no  work=full    company-vpn
owner=company  remote=yes save=no  work=limited company-browser
owner=company  remote=no  cloud=yes             company-cloud
owner=company  remote=no  cloud=no              company-local
owner=employee remote=yes save=yes              employee-vpn
owner=employee remote=yes save=no  work=full    employee-vpn
owner=employee remote=yes save=no  work=limited employee-browser
owner=employee remote=no  cloud=yes             employee-cloud
owner=employee remote=no  cloud=no              employee-local
`)
}

// Nothing that we write may seem to be the deck's because nobody said otherwise.
func TestDraftNamesNoOrigin(t *testing.T) {
	text := edition(t).Draft("measure", "usb-scan", time.Now(), nil).Text
	for _, field := range []string{"origin", "chapter"} {
		if want := fmt.Sprintf("\n%s = %q", field, source.Blank); !strings.Contains(text, want) {
			t.Errorf("got a draft without %s:\n%s", want, text)
		}
	}
}
