package handbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// validContent is a handbook of its own: two methods, two threats, four
// measures. Every case of TestRules changes it in one place.
const validContent = `
-- handbook.toml --
title = "自転車の手引き"
tagline = "安全に乗る"
language = "ja"
maker = "自転車の会"
reviewed = 2026-04-01
review_months = 12
navigation = ["methods"]
footer = ["about"]

[source]
title = "乗り方の本"
edition = "初版"
publisher = "道の会"
published = 2020-04-01
url = "https://example.jp/book/"

[priority.high]
mark = "◎"
name = "先に"
meaning = "大事で易しい"

[priority.low]
mark = "○"
name = "次に"
meaning = "そのほか"

[category.gear]
number = 1
name = "身に着ける物"

[category.parking]
number = 2
name = "止め方"

[origin.own]
name = "自作"
meaning = "私たちが書いた"

[owner.mine]
name = "自分の自転車"

[owner.shared]
name = "借りた自転車"

[access.road]
name = "車道"

[role.rider]
name = "乗る人"

[section.method]
daily = "乗り方"

[section.measure]
why = "なぜ"
how = "やり方"

[section.threat]
what = "何が起きるか"

[count.commute]
high = 1
low = 2

[count.errand]
high = 1
low = 0
-- flow.toml --
start = "owner"

[question.owner]
text = "だれの自転車ですか"
why = "鍵が違うから"
unsure = "名札を見ます"

[question.owner.answer.mine]
label = "自分の"
next = "goal"

[question.owner.answer.shared]
label = "借りた"
next = "errand"

[question.goal]
text = "どこへ行きますか"
why = "道が違うから"
unsure = "予定を見ます"

[question.goal.answer.work]
label = "仕事"
hint = "毎日です"
next = "commute"

[question.goal.answer.shop]
label = "店"
next = "by-owner"

[result.by-owner]
question = "owner"

[result.by-owner.method]
mine = "errand"
shared = "errand"
-- published.toml --
methods = ["commute", "errand"]
measures = ["register", "helmet", "light", "lock", "horn"]
threats = ["crash", "theft"]

[withdrawn.horn]
kind = "measures"
title = "警笛"
reason = "ベルに含めた"
date = 2026-03-01
-- methods/commute.md --
+++
number = 1
mark = "①"
name = "通勤"
short = "通勤"
owner = "mine"
access = "road"
summary = "毎日、職場へ行きます。"
signs = ["毎朝乗ります。"]
reviewed = 2026-04-01

[diagram]
text = "家から職場へ行きます。"

[diagram.place.home]
name = "家"
link = "通り"
line = "tunnel"

[diagram.place.home.item]
bike = "自転車"

[diagram.place.office]
name = "職場"

[diagram.place.office.item]
rack = "駐輪場"
+++

## 乗り方

左側を走ります。
-- methods/errand.md --
+++
number = 2
mark = "②"
name = "買い物"
short = "店へ"
owner = "shared"
access = "road"
summary = "近くの店へ行きます。"
signs = ["荷物があります。"]
reviewed = 2026-04-01

[diagram]
text = "店です。"

[diagram.place.shop]
name = "店"

[diagram.place.shop.item]
bag = "荷物"
+++

## 乗り方

ゆっくり走ります。
-- measures/register.md --
+++
number = "1-1"
title = "持ち物の一覧"
category = "gear"
check = "一覧がある。"
threats = ["theft"]
origin = "own"
revision = 1
reviewed = 2026-04-01
preparation = true
rule = "一覧を作る。"
ask = "登録はありますか。"

[effort]
time = "5分"
cost = "なし"
who = ["rider"]
+++

## なぜ

数えるためです。

## やり方

書きます。
-- measures/helmet.md --
+++
number = "1-2"
title = "ヘルメット"
category = "gear"
check = "かぶっている。"
threats = ["crash"]
origin = "own"
revision = 1
reviewed = 2026-04-01
not_applicable_when = "押して歩くとき"
rule = "かぶる。"
ask = "大きさは合いますか。"

[effort]
time = "1分"
cost = "3千円"
who = ["rider"]

[priority]
commute = "high"
errand = "high"
+++

## なぜ

頭を守るためです。

## やり方

### 大きさ {#size}

1. かぶります。
2. [鍵](measures/lock.html)も見ます。
-- measures/light.md --
+++
number = "1-3"
title = "灯り"
category = "gear"
check = "つく。"
threats = ["crash"]
origin = "own"
revision = 2
reviewed = 2026-04-01
rule = "夜はつける。"
ask = "電池はどれですか。"
replaces = ["horn"]

[effort]
time = "1分"
cost = "千円"
who = ["rider"]

[priority]
commute = "low"
+++

## なぜ

見えるようにします。

## やり方

つけます。
-- measures/lock.md --
+++
number = "2-1"
title = "鍵"
category = "parking"
check = "掛けている。"
threats = ["theft"]
origin = "own"
revision = 1
reviewed = 2026-04-01
rule = "掛ける。"
ask = "番号は変えられますか。"

[effort]
time = "1分"
cost = "千円"
who = ["rider"]

[priority]
commute = "low"
+++

## なぜ

盗まれないためです。

## やり方

掛けます。
-- threats/crash.md --
+++
number = 1
name = "転倒"
summary = "転びます。"
reviewed = 2026-04-01
+++

## 何が起きるか

けがをします。
-- threats/theft.md --
+++
number = 2
name = "盗難"
summary = "盗まれます。"
reviewed = 2026-04-01
+++

## 何が起きるか

歩いて帰ります。
-- pages/methods.md --
+++
title = "二つの乗り方"
label = "乗り方"
description = "乗り方を選びます。"
reviewed = 2026-04-01
+++

一つを選びます。
-- pages/about.md --
+++
title = "この手引き"
label = "手引き"
description = "だれが作ったか。"
reviewed = 2026-04-01
+++

前の文です。

## 作った人 {#maker}

自転車の会です。
-- changes/2026-04-01.md --
+++
date = 2026-04-01
title = "公開"
+++

公開しました。
`

// A rule of the content: what is broken in validContent and the problems that
// must be reported, all of them, each once, in order.
type rule struct {
	rule   string
	change change
	today  time.Time // contentDay if zero
	want   string
}

func rules() []rule {
	library := parseTree(validLibrary)
	addLibrary := func(files tree) { maps.Copy(files, library) }
	return []rule{
		{
			rule:   "content that keeps every rule has no problems",
			change: all(),
		},

		// Files.
		{
			rule:   "files for people and hidden files are left alone",
			change: all(add("README.md", "x"), add(".DS_Store", "x"), add("measures/.lock.md.swp", "x")),
		},
		{
			rule:   "a file that nothing reads",
			change: add("flows.toml", "x"),
			want:   `flows.toml:1: この名前のファイルやフォルダーは使われません（flow.toml のことですか）`,
		},
		{
			rule:   "a folder that nothing reads",
			change: add("measure/lamp.md", "x"),
			want:   `measure:1: この名前のファイルやフォルダーは使われません（measures のことですか）`,
		},
		{
			rule:   "a folder of records holds nothing but Markdown",
			change: all(add("measures/lock.txt", "x"), add("threats/old/rain.md", "x")),
			want: `
measures/lock.txt:1: ここには .md のファイルだけを置きます
threats/old:1: ここには .md のファイルだけを置きます
`,
		},
		{
			rule:   "a missing flow.toml is one problem, without what follows from it",
			change: remove("flow.toml"),
			want:   `flow.toml:1: このファイルがありません（README.md を見て作ってください）`,
		},
		{
			rule:   "a missing handbook.toml is one problem",
			change: remove("handbook.toml"),
			want:   `handbook.toml:1: このファイルがありません（README.md を見て作ってください）`,
		},
		{
			rule:   "a missing published.toml is one problem",
			change: remove("published.toml"),
			want:   `published.toml:1: このファイルがありません（README.md を見て作ってください）`,
		},
		{
			rule:   "a file name that cannot be an address",
			change: add("changes/2026-04-01_b.md", "+++\ndate = 2026-04-01\ntitle = \"直し\"\n+++\n\n直しました。\n"),
			want:   `changes/2026-04-01_b.md:1: ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地になります）`,
		},
		{
			rule:   "a file name in capitals: references mean the name it should have",
			change: all(add("threats/Theft.md", newTree()["threats/theft.md"]), remove("threats/theft.md")),
			want:   `threats/Theft.md:1: ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地になります）`,
		},
		{
			rule:   "a file name that is no name at all is not listed elsewhere",
			change: add("threats/雨.md", newTree()["threats/theft.md"]),
			want:   `threats/雨.md:1: ファイル名は、小文字の英数字とハイフンだけにしてください（ページの番地になります）`,
		},
		{
			rule:   "a folder without records need not be there",
			change: remove("changes/2026-04-01.md"),
		},
		{
			rule: "a byte order mark and CRLF are accepted",
			change: func(files tree) {
				for name, text := range files {
					files[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
				}
			},
		},
		{
			rule: "CRLF does not move the lines",
			change: all(replace("measures/lock.md", "[effort]", "[efort]"), func(files tree) {
				files["measures/lock.md"] = strings.ReplaceAll(files["measures/lock.md"], "\n", "\r\n")
			}),
			want: `
measures/lock.md:1: 項目 "effort" がありません（意味は README.md にあります）
measures/lock.md:13: 項目 "efort" はここでは使えません（effort のことですか）
`,
		},
		{
			rule:   "a file without a line end is accepted",
			change: func(files tree) { files["pages/about.md"] = strings.TrimSpace(files["pages/about.md"]) },
		},
		{
			rule:   "a file that ends with its front matter is accepted",
			change: add("pages/index.md", "+++\ntitle = \"表紙\"\nlabel = \"表紙\"\ndescription = \"はじめに\"\nreviewed = 2026-04-01\n+++"),
		},
		{
			rule:   "a text that is not UTF-8, at its line",
			change: replace("measures/lock.md", "盗まれない", "\x93\x90\x82\xdc"),
			want:   `measures/lock.md:24: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
		},
		{
			rule:   "a TOML file that is not UTF-8, at its line",
			change: replace("handbook.toml", "安全に乗る", "\x88\xc0"),
			want:   `handbook.toml:2: 文字コードが UTF-8 ではありません（UTF-8 で保存し直してください）`,
		},
		{
			rule:   "a record without front matter",
			change: replace("measures/lock.md", "+++\nnumber", "---\nnumber"),
			want:   `measures/lock.md:1: 前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）`,
		},
		{
			rule:   "front matter that does not begin on the first line",
			change: replace("measures/lock.md", "+++\nnumber", "\n+++\nnumber"),
			want:   `measures/lock.md:1: 前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）`,
		},
		{
			rule:   "front matter that does not end",
			change: replace("measures/lock.md", "\n+++\n\n## ", "\n\n## "),
			want:   `measures/lock.md:1: 前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）`,
		},

		// TOML.
		{
			rule:   "a quotation mark that is not closed",
			change: replace("handbook.toml", `maker = "自転車の会"`, `maker = "自転車の会`),
			want:   `handbook.toml:4: TOML として読めません: 引用符が閉じていません（文の終わりに引用符を書いてください）`,
		},
		{
			rule:   "broken front matter: the lines are those of the file",
			change: replace("measures/lock.md", `title = "鍵"`, `title = "鍵`),
			want:   `measures/lock.md:3: TOML として読めません: 引用符が閉じていません（文の終わりに引用符を書いてください）`,
		},
		{
			rule:   "quotation marks over several lines that are not closed, where they begin",
			change: replace("flow.toml", `label = "店"`, `label = """店`),
			want:   `flow.toml:27: TOML として読めません: 引用符が閉じていません（文の終わりに引用符を書いてください）`,
		},
		{
			rule:   "a text without quotation marks",
			change: replace("measures/lock.md", `title = "鍵"`, `title = 鍵`),
			want:   `measures/lock.md:3: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`,
		},
		{
			rule:   "a text in Japanese quotation marks",
			change: replace("measures/lock.md", `title = "鍵"`, `title = 「鍵」`),
			want:   `measures/lock.md:3: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`,
		},
		{
			rule:   "a field without =",
			change: replace("measures/lock.md", `title = "鍵"`, `title "鍵"`),
			want:   `measures/lock.md:3: TOML として読めません: 項目の名前の後に「=」がありません（名前は半角の英数字で書いてください）`,
		},
		{
			rule:   "a field with a Japanese name",
			change: replace("measures/lock.md", `title = "鍵"`, `題 = "鍵"`),
			want:   `measures/lock.md:3: TOML として読めません: 項目の名前の後に「=」がありません（名前は半角の英数字で書いてください）`,
		},
		{
			rule:   "a field without a value",
			change: replace("measures/lock.md", `title = "鍵"`, `title =`),
			want:   `measures/lock.md:3: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`,
		},
		{
			rule:   "a file that ends before the value",
			change: replace("published.toml", "date = 2026-03-01\n", "date ="),
			want:   `published.toml:9: TOML として読めません: 値の途中で終わっています（「=」の後と、並びの終わりの「]」を確かめてください）`,
		},
		{
			rule:   "a field that stands twice",
			change: replace("measures/lock.md", `rule = "掛ける。"`, "rule = \"掛ける。\"\nrule = \"忘れない。\""),
			want:   `measures/lock.md:11: TOML として読めません: 項目 rule が二度あります（どちらかを消してください）`,
		},
		{
			rule:   "a table that stands twice",
			change: replace("handbook.toml", "[category.parking]", "[category.gear]"),
			want:   `handbook.toml:31: TOML として読めません: 項目 category.gear が二度あります（どちらかを消してください）`,
		},
		{
			rule:   "a field that is also a table",
			change: replace("measures/lock.md", `rule = "掛ける。"`, "rule = \"掛ける。\"\neffort = \"1分\""),
			want:   `measures/lock.md:14: TOML として読めません: 項目 effort が二度あります（どちらかを消してください）`,
		},
		{
			rule:   "a list without a comma",
			change: replace("published.toml", `"register", "helmet"`, "\"register\"\n\"helmet\""),
			want:   `published.toml:3: TOML として読めません: 並びが閉じていません（要素の間の「,」と終わりの「]」を確かめてください）`,
		},
		{
			rule:   "a list that is not closed",
			change: replace("published.toml", `threats = ["crash", "theft"]`, `threats = ["crash", "theft"`),
			want:   `published.toml:5: TOML として読めません: 並びが閉じていません（要素の間の「,」と終わりの「]」を確かめてください）`,
		},
		{
			rule:   "a table name that is not closed",
			change: replace("handbook.toml", "[category.gear]", "[category.gear"),
			want:   `handbook.toml:27: TOML として読めません: 表の名前の終わりに「]」がありません`,
		},
		{
			rule:   "two fields on a line",
			change: replace("threats/crash.md", "number = 1\nname", "number = 1 name"),
			want:   `threats/crash.md:2: TOML として読めません: 値の後に余分な文字があります（1行に書けるのは一つの項目だけです）`,
		},
		{
			rule:   "a date that does not exist",
			change: replace("threats/crash.md", "2026-04-01", "2026-04-31"),
			want:   `threats/crash.md:5: TOML として読めません: 日付 "2026-04-31" はありません（例: 2026-11-23）`,
		},
		{
			rule:   "a backslash before a letter that means nothing",
			change: replace("threats/crash.md", "転びます。", `転\びます。`),
			want:   `threats/crash.md:4: TOML として読めません: 文の中の \び は使えません（\ そのものは \\ と書きます）`,
		},
		{
			rule:   "a backslash before a letter that begins a code",
			change: replace("threats/crash.md", "転びます。", `C:\Users`),
			want:   `threats/crash.md:4: TOML として読めません: 文の中の \U は使えません（\ そのものは \\ と書きます）`,
		},
		{
			rule:   "a control character, even at the very beginning",
			change: replace("flow.toml", "start = ", "\x02start = "),
			want:   `flow.toml:1: TOML として読めません（引用符、かっこ、= を確かめてください）: TOML files cannot contain control characters: '0x02'`,
		},
		{
			rule:   "other mistakes are told in the library's words",
			change: replace("threats/crash.md", "number = 1", "number = 01"),
			want:   `threats/crash.md:2: TOML として読めません（引用符、かっこ、= を確かめてください）: Invalid integer "01": cannot have leading zeroes`,
		},
		{
			rule:   "a method with broken front matter can still be named",
			change: replace("methods/errand.md", `mark = "②"`, `mark = ②`),
			want:   `methods/errand.md:3: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`,
		},

		// Fields.
		{
			rule:   "an unknown field, and the one it was meant to be",
			change: replace("measures/lock.md", "title =", "titel ="),
			want: `
measures/lock.md:1: 項目 "title" がありません（意味は README.md にあります）
measures/lock.md:3: 項目 "titel" はここでは使えません（title のことですか）
`,
		},
		{
			rule:   "an unknown field that resembles none: few are listed",
			change: replace("threats/theft.md", "number = 2", "number = 2\ncolour = \"赤\""),
			want:   `threats/theft.md:3: 項目 "colour" はここでは使えません（書けるのは number、name、summary、reviewed）`,
		},
		{
			rule:   "an unknown field that resembles none: many are not listed",
			change: replace("measures/lock.md", `rule = "掛ける。"`, "rule = \"掛ける。\"\ncolour = \"赤\""),
			want:   `measures/lock.md:11: 項目 "colour" はここでは使えません（つづりを確かめてください）`,
		},
		{
			rule:   "an unknown table",
			change: replace("handbook.toml", "[owner.mine]", "[colour.red]\nname = \"赤\"\n\n[owner.mine]"),
			want:   `handbook.toml:39: 項目 "colour" はここでは使えません（つづりを確かめてください）`,
		},
		{
			rule:   "a field below the wrong table",
			change: all(replace("measures/lock.md", "ask = \"番号は変えられますか。\"\n", ""), replace("measures/lock.md", "who =", "ask = \"番号は変えられますか。\"\nwho =")),
			want: `
measures/lock.md:1: 項目 "ask" がありません（意味は README.md にあります）
measures/lock.md:15: 項目 "effort.ask" はここでは使えません（書けるのは time、cost、who）
`,
		},
		{
			rule:   "a missing field of a file",
			change: replace("measures/lock.md", "check = \"掛けている。\"\n", ""),
			want:   `measures/lock.md:1: 項目 "check" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a missing field of a table, at the table",
			change: replace("measures/lock.md", "time = \"1分\"\n", ""),
			want:   `measures/lock.md:13: 項目 "effort.time" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a missing table",
			change: replace("measures/lock.md", "[effort]\ntime = \"1分\"\ncost = \"千円\"\nwho = [\"rider\"]\n", ""),
			want:   `measures/lock.md:1: 項目 "effort" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a missing vocabulary is one problem, not one for each use",
			change: replace("handbook.toml", "[role.rider]\nname = \"乗る人\"\n", ""),
			want:   `handbook.toml:1: 項目 "role" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "missing counts are one problem",
			change: replace("handbook.toml", "[count.commute]\nhigh = 1\nlow = 2\n\n[count.errand]\nhigh = 1\nlow = 0\n", ""),
			want:   `handbook.toml:1: 項目 "count" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a vocabulary without a word",
			change: replace("handbook.toml", "[role.rider]\nname = \"乗る人\"\n", "[role]\n"),
			want:   `handbook.toml:48: 項目 "role" に表が一つもありません（[role.名前] を足してください）`,
		},
		{
			rule:   "a text is a string",
			change: replace("measures/lock.md", `number = "2-1"`, `number = 2`),
			want:   `measures/lock.md:2: 項目 "number" は引用符で囲んだ文字列で書きます`,
		},
		{
			rule:   "a number is an integer",
			change: replace("threats/theft.md", `number = 2`, `number = "2"`),
			want:   `threats/theft.md:2: 項目 "number" は引用符のない整数で書きます`,
		},
		{
			rule:   "a number is not a fraction",
			change: replace("measures/lock.md", `revision = 1`, `revision = 1.5`),
			want:   `measures/lock.md:8: 項目 "revision" は引用符のない整数で書きます`,
		},
		{
			rule:   "yes or no is true or false",
			change: replace("measures/register.md", `preparation = true`, `preparation = "はい"`),
			want:   `measures/register.md:10: 項目 "preparation" は true か false で書きます`,
		},
		{
			rule:   "a date is not a string",
			change: replace("threats/theft.md", `2026-04-01`, `"2026-04-01"`),
			want:   `threats/theft.md:5: 項目 "reviewed" は日付（例: 2026-11-23、引用符なし）で書きます`,
		},
		{
			rule:   "a date has no time",
			change: replace("threats/theft.md", `2026-04-01`, `2026-04-01T09:00:00`),
			want:   `threats/theft.md:5: 項目 "reviewed" は日付（例: 2026-11-23、引用符なし）で書きます`,
		},
		{
			rule:   "a list is not a string",
			change: replace("measures/lock.md", `threats = ["theft"]`, `threats = "theft"`),
			want:   `measures/lock.md:6: 項目 "threats" は文字列の並び（例: ["a", "b"]）で書きます`,
		},
		{
			rule:   "a list holds strings",
			change: replace("measures/lock.md", `threats = ["theft"]`, `threats = ["theft", 2]`),
			want:   `measures/lock.md:6: 項目 "threats" は文字列の並び（例: ["a", "b"]）で書きます`,
		},
		{
			rule:   "a list of tables is not a list",
			change: replace("measures/lock.md", "[effort]", "[[replaces]]\nname = \"horn\"\n\n[effort]"),
			want:   `measures/lock.md:13: 項目 "replaces" は文字列の並び（例: ["a", "b"]）で書きます`,
		},
		{
			rule:   "a table is not a string",
			change: replace("handbook.toml", "[source]\ntitle = \"乗り方の本\"\nedition = \"初版\"\npublisher = \"道の会\"\npublished = 2020-04-01\nurl = \"https://example.jp/book/\"\n", "source = \"乗り方の本\"\n"),
			want:   `handbook.toml:10: 項目 "source" は表（[source]）で書きます`,
		},
		{
			rule:   "records of a vocabulary are named tables",
			change: replace("handbook.toml", "[role.rider]", "[[role]]"),
			want:   `handbook.toml:48: 項目 "role" は名前の付いた表（[role.名前]）で書きます`,
		},
		{
			rule:   "a record of a vocabulary is a table",
			change: replace("handbook.toml", "[role.rider]", "[role]\ndriver = \"運転する人\"\n[role.rider]"),
			want:   `handbook.toml:49: 項目 "role.driver" は表（[role.driver]）で書きます`,
		},
		{
			rule:   "a record of a vocabulary has a name that can be an address",
			change: replace("handbook.toml", "[role.rider]\n", "[role.Driver_1]\nname = \"運転する人\"\n\n[role.rider]\n"),
			want:   `handbook.toml:48: 名前 "Driver_1" は使えません（小文字の英数字とハイフンだけで書いてください）`,
		},
		{
			rule:   "labels are a table",
			change: replace("handbook.toml", "[section.threat]\nwhat = \"何が起きるか\"\n", "[section]\nthreat = \"何が起きるか\"\n"),
			want:   `handbook.toml:59: 項目 "section.threat" は表（[section.threat]）で書きます`,
		},
		{
			rule:   "a label is a string with a name",
			change: replace("methods/commute.md", `rack = "駐輪場"`, "rack = \"駐輪場\"\nlamp = 2\nbell = \" \"\nBox = \"箱\""),
			want: `
methods/commute.md:28: 項目 "diagram.place.office.item.lamp" は、名前 = "文字列" の形で書きます（名前は小文字の英数字とハイフン）
methods/commute.md:29: 項目 "diagram.place.office.item.bell" は、名前 = "文字列" の形で書きます（名前は小文字の英数字とハイフン）
methods/commute.md:30: 項目 "diagram.place.office.item.Box" は、名前 = "文字列" の形で書きます（名前は小文字の英数字とハイフン）
`,
		},
		{
			rule: "priorities are a table",
			change: all(
				replace("measures/lock.md", "[effort]", "priority = \"low\"\n\n[effort]"),
				replace("measures/lock.md", "[priority]\ncommute = \"low\"\n", ""),
				replace("handbook.toml", "low = 2", "low = 1"),
			),
			want: `measures/lock.md:13: 項目 "priority" は表（[priority]）で書きます`,
		},
		{
			rule:   "a priority is a string",
			change: replace("measures/lock.md", `commute = "low"`, `commute = 2`),
			want: `
handbook.toml:63: 方式 "commute" の優先度 "low" は 2 項目のはずですが、1 項目あります（対策の [priority] か、この数を直してください）
measures/lock.md:19: 項目 "priority.commute" は引用符で囲んだ文字列で書きます
`,
		},
		{
			rule:   "a count is an integer",
			change: replace("handbook.toml", "low = 2", `low = "2"`),
			want:   `handbook.toml:63: 項目 "count.commute.low" は引用符のない整数で書きます`,
		},
		{
			rule:   "a text that is needed is not empty",
			change: replace("measures/lock.md", `title = "鍵"`, `title = ""`),
			want:   `measures/lock.md:3: 項目 "title" が空です（なくてはならない項目です）`,
		},
		{
			rule:   "a text that is not needed is left out rather than empty",
			change: replace("measures/helmet.md", "押して歩くとき", "　 "),
			want:   `measures/helmet.md:10: 項目 "not_applicable_when" が空です（書くことがないなら、行ごと消してください）`,
		},
		{
			rule:   "a text over several lines is reported at its first",
			change: replace("measures/lock.md", `title = "鍵"`, "title = \"\"\"\n\n\"\"\""),
			want:   `measures/lock.md:3: 項目 "title" が空です（なくてはならない項目です）`,
		},
		{
			rule:   "a list holds no empty string",
			change: replace("measures/lock.md", `["theft"]`, `["theft", ""]`),
			want:   `measures/lock.md:6: 項目 "threats" に空の文字列があります`,
		},
		{
			rule:   "a list holds nothing twice",
			change: replace("measures/lock.md", `["theft"]`, `["theft", "crash", "theft"]`),
			want:   `measures/lock.md:6: 項目 "threats" に "theft" が二度あります`,
		},
		{
			rule:   "reviews are due after at least a month",
			change: replace("handbook.toml", "review_months = 12", "review_months = 0"),
			want:   `handbook.toml:6: 見直しの間隔は1か月以上にしてください`,
		},
		{
			rule:   "review_months of the wrong type is one problem",
			change: replace("handbook.toml", "review_months = 12", "review_months = \"12\""),
			want:   `handbook.toml:6: 項目 "review_months" は引用符のない整数で書きます`,
		},
		{
			rule:   "the site's address is a secure one",
			change: replace("handbook.toml", "review_months = 12", "review_months = 12\nbase_url = \"http://example.jp/\""),
			want:   `handbook.toml:7: 公開する番地 "http://example.jp/" は使えません（https://example.jp/ のような番地にしてください）`,
		},
		{
			rule:   "the site's address is one that addresses of pages can follow",
			change: replace("handbook.toml", "review_months = 12", "review_months = 12\nbase_url = \"https://example.jp/?a=\""),
			want:   `handbook.toml:7: 公開する番地 "https://example.jp/?a=" は使えません（https://example.jp/ のような番地にしてください）`,
		},
		{
			rule:   "the site's address has a host",
			change: replace("handbook.toml", "review_months = 12", "review_months = 12\nbase_url = \"https:///tebiki/\""),
			want:   `handbook.toml:7: 公開する番地 "https:///tebiki/" は使えません（https://example.jp/ のような番地にしてください）`,
		},
		{
			rule:   "the site may lie in a folder of its server",
			change: replace("handbook.toml", "review_months = 12", "review_months = 12\nbase_url = \"https://example.jp/tebiki\""),
		},
		{
			rule:   "the source's address is a secure one",
			change: replace("handbook.toml", "https://example.jp/book/", "example.jp/book/"),
			want:   `handbook.toml:15: 出典の番地 "example.jp/book/" は https:// で始めてください`,
		},

		// References.
		{
			rule:   "an unknown category",
			change: replace("measures/lock.md", `"parking"`, `"parkng"`),
			want:   `measures/lock.md:4: 分類 "parkng" がありません（parking のことですか）`,
		},
		{
			rule:   "an unknown origin",
			change: replace("measures/lock.md", `"own"`, `"book"`),
			want:   `measures/lock.md:7: 由来 "book" がありません（書けるのは own）`,
		},
		{
			rule:   "an unknown threat",
			change: replace("measures/lock.md", `["theft"]`, `["theft", "thaft"]`),
			want:   `measures/lock.md:6: 脅威 "thaft" がありません（theft のことですか）`,
		},
		{
			rule:   "an unknown threat, in a list over several lines",
			change: replace("measures/lock.md", `["theft"]`, "[\n  \"theft\",\n  \"rain\",\n]"),
			want:   `measures/lock.md:6: 脅威 "rain" がありません（書けるのは crash、theft）`,
		},
		{
			rule:   "an unknown role",
			change: replace("measures/lock.md", `["rider"]`, `["driver"]`),
			want:   `measures/lock.md:16: 行う人 "driver" がありません（rider のことですか）`,
		},
		{
			rule:   "an unknown method among the priorities",
			change: replace("measures/lock.md", `commute = "low"`, "commute = \"low\"\nerrands = \"low\""),
			want:   `measures/lock.md:20: 方式 "errands" がありません（errand のことですか）`,
		},
		{
			rule:   "an unknown priority",
			change: replace("measures/helmet.md", `errand = "high"`, `errand = "hihg"`),
			want: `
handbook.toml:66: 方式 "errand" の優先度 "high" は 1 項目のはずですが、0 項目あります（対策の [priority] か、この数を直してください）
measures/helmet.md:21: 優先度 "hihg" がありません（high のことですか）
`,
		},
		{
			rule:   "an unknown owner",
			change: replace("methods/commute.md", `owner = "mine"`, `owner = "me"`),
			want:   `methods/commute.md:6: 端末の持ち主 "me" がありません（書けるのは mine、shared）`,
		},
		{
			rule:   "an unknown access",
			change: replace("methods/commute.md", `access = "road"`, `access = "rail"`),
			want:   `methods/commute.md:7: つなぎ方 "rail" がありません（書けるのは road）`,
		},
		{
			rule:   "an unknown page in the navigation",
			change: replace("handbook.toml", `navigation = ["methods"]`, `navigation = ["methods", "method"]`),
			want:   `handbook.toml:7: ページ "method" がありません（methods のことですか）`,
		},
		{
			rule:   "an unknown page in the footer",
			change: replace("handbook.toml", `footer = ["about"]`, `footer = ["contact"]`),
			want:   `handbook.toml:8: ページ "contact" がありません（書けるのは about、methods）`,
		},
		{
			rule:   "a suggestion counts letters, not bytes",
			change: replace("measures/lock.md", "## やり方", "## 直し方"),
			want: `
measures/lock.md:1: 節「## やり方」がありません
measures/lock.md:26: 節「直し方」はここでは使えません（書けるのは なぜ、やり方）
`,
		},

		// Numbers and marks.
		{
			rule:   "two measures with a number",
			change: replace("measures/light.md", `"1-3"`, `"1-2"`),
			want:   `measures/light.md:2: 対策の番号 "1-2" は measures/helmet.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two methods with a number",
			change: replace("methods/errand.md", `number = 2`, `number = 1`),
			want:   `methods/errand.md:2: 方式の番号 "1" は methods/commute.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two threats with a number",
			change: replace("threats/theft.md", `number = 2`, `number = 1`),
			want:   `threats/theft.md:2: 脅威の番号 "1" は threats/crash.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two categories with a number",
			change: replace("handbook.toml", "number = 2", "number = 1"),
			want: `
handbook.toml:32: 分類の番号 "1" は handbook.toml:27 と同じです（どちらかを変えてください）
measures/lock.md:2: 番号 "2-1" の前半が、分類「止め方」の番号 1 と違います
`,
		},
		{
			rule:   "numbers begin at 1",
			change: all(replace("methods/errand.md", `number = 2`, `number = 0`), replace("threats/theft.md", "number = 2", "number = -1"), replace("handbook.toml", "number = 2", "number = 0")),
			want: `
handbook.toml:32: 番号は1以上にしてください
methods/errand.md:2: 番号は1以上にしてください
threats/theft.md:2: 番号は1以上にしてください
`,
		},
		{
			rule:   "a measure's number has two parts",
			change: replace("measures/lock.md", `"2-1"`, `"2"`),
			want:   `measures/lock.md:2: 番号 "2" は「分類の番号-連番」の形にしてください（例: 2-1）`,
		},
		{
			rule:   "a measure's number has no leading zero",
			change: replace("measures/lock.md", `"2-1"`, `"2-01"`),
			want:   `measures/lock.md:2: 番号 "2-01" は「分類の番号-連番」の形にしてください（例: 2-1）`,
		},
		{
			rule:   "a measure's number begins with its category's",
			change: replace("measures/lock.md", `"2-1"`, `"1-9"`),
			want:   `measures/lock.md:2: 番号 "1-9" の前半が、分類「止め方」の番号 2 と違います`,
		},
		{
			rule:   "two methods with a mark",
			change: replace("methods/errand.md", `"②"`, `"①"`),
			want:   `methods/errand.md:3: 方式の印 "①" は methods/commute.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two methods with a short name",
			change: replace("methods/errand.md", `short = "店へ"`, `short = "通勤"`),
			want:   `methods/errand.md:5: 方式の短い名前 "通勤" は methods/commute.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two priorities with a mark",
			change: replace("handbook.toml", `mark = "○"`, `mark = "◎"`),
			want:   `handbook.toml:23: 優先度の印 "◎" は handbook.toml:17 と同じです（どちらかを変えてください）`,
		},

		// Diagrams.
		{
			rule:   "the last place of a diagram is linked to nothing",
			change: replace("methods/errand.md", `name = "店"`, "name = \"店\"\nlink = \"道\"\nline = \"web\""),
			want:   `methods/errand.md:17: 最後の場所 "shop" の先には何もありません（link と line を消してください）`,
		},
		{
			rule:   "a line without a link",
			change: replace("methods/commute.md", "link = \"通り\"\n", ""),
			want:   `methods/commute.md:17: 線の種類だけがあります（つなぎ方を link に書いてください）`,
		},
		{
			rule:   "a link without a line",
			change: replace("methods/commute.md", "line = \"tunnel\"\n", ""),
			want:   `methods/commute.md:17: 線の種類がありません（line に tunnel、screen、web、carried のどれかを書いてください）`,
		},
		{
			rule:   "an unknown kind of line",
			change: replace("methods/commute.md", `line = "tunnel"`, `line = "tunel"`),
			want:   `methods/commute.md:18: 線の種類 "tunel" は使えません（tunnel のことですか）`,
		},
		{
			rule:   "places of a diagram need not be linked",
			change: replace("methods/commute.md", "link = \"通り\"\nline = \"tunnel\"\n", ""),
		},
		{
			rule:   "a diagram has places",
			change: replace("methods/errand.md", "[diagram.place.shop]\nname = \"店\"\n\n[diagram.place.shop.item]\nbag = \"荷物\"\n", "[diagram.place]\n"),
			want:   `methods/errand.md:15: 項目 "diagram.place" に表が一つもありません（[diagram.place.名前] を足してください）`,
		},

		// Measures and their counts.
		{
			rule:   "a measure on no checklist",
			change: all(replace("measures/lock.md", "[priority]\ncommute = \"low\"\n", ""), replace("handbook.toml", "low = 2", "low = 1")),
			want:   `measures/lock.md:1: どのチェックリストにもありません（[priority] に 方式 = "優先度" を足してください）`,
		},
		{
			rule:   "a measure with an empty table of priorities",
			change: all(replace("measures/lock.md", "commute = \"low\"\n", ""), replace("handbook.toml", "low = 2", "low = 1")),
			want:   `measures/lock.md:18: どのチェックリストにもありません（[priority] に 方式 = "優先度" を足してください）`,
		},
		{
			rule:   "a preparation with a priority",
			change: replace("measures/register.md", "who = [\"rider\"]\n", "who = [\"rider\"]\n\n[priority]\ncommute = \"high\"\n"),
			want:   `measures/register.md:19: 準備の対策に優先度は付けません（preparation か [priority] のどちらかを消してください）`,
		},
		{
			rule:   "revisions begin at 1",
			change: replace("measures/lock.md", "revision = 1", "revision = 0"),
			want:   `measures/lock.md:8: 改訂の番号は1以上にしてください`,
		},
		{
			rule:   "a check of a revision that is not earlier",
			change: replace("measures/lock.md", "[effort]", "[earlier]\n1 = \"掛けた。\"\n\n[effort]"),
			want:   `measures/lock.md:14: "1" は前の改訂の番号ではありません（1から、revision より小さい数までです）`,
		},
		{
			rule:   "a check of a revision that has no number",
			change: replace("measures/light.md", "[effort]", "[earlier]\n1 = \"点く。\"\nfirst = \"点く。\"\n01 = \"点く。\"\n\n[effort]"),
			want: `measures/light.md:16: "first" は前の改訂の番号ではありません（1から、revision より小さい数までです）
measures/light.md:17: "01" は前の改訂の番号ではありません（1から、revision より小さい数までです）`,
		},
		{
			rule:   "a measure against no threat",
			change: replace("measures/lock.md", `["theft"]`, `[]`),
			want:   `measures/lock.md:6: 脅威が一つもありません（何を防ぐ対策かを書いてください）`,
		},
		{
			rule:   "a threat that no measure is against",
			change: all(replace("measures/lock.md", `["theft"]`, `["crash"]`), replace("measures/register.md", `["theft"]`, `["crash"]`)),
			want:   `threats/theft.md:1: この脅威を防ぐ対策が一つもありません（対策の threats に "theft" を足してください）`,
		},
		{
			rule:   "a count that is wrong",
			change: replace("handbook.toml", "low = 2", "low = 3"),
			want:   `handbook.toml:63: 方式 "commute" の優先度 "low" は 3 項目のはずですが、2 項目あります（対策の [priority] か、この数を直してください）`,
		},
		{
			rule:   "a priority more than was counted",
			change: replace("measures/lock.md", `commute = "low"`, "commute = \"low\"\nerrand = \"low\""),
			want:   `handbook.toml:67: 方式 "errand" の優先度 "low" は 0 項目のはずですが、1 項目あります（対策の [priority] か、この数を直してください）`,
		},
		{
			rule:   "a count that is missing",
			change: replace("handbook.toml", "\nlow = 0", ""),
			want:   `handbook.toml:65: 方式 "errand" の優先度 "low" の項目数がありません（[count.errand] に low = 0 を足してください）`,
		},
		{
			rule:   "the counts of a method that are missing",
			change: replace("handbook.toml", "\n[count.errand]\nhigh = 1\nlow = 0\n", ""),
			want: `
handbook.toml:61: 方式 "errand" の優先度 "high" の項目数がありません（[count.errand] に high = 1 を足してください）
handbook.toml:61: 方式 "errand" の優先度 "low" の項目数がありません（[count.errand] に low = 0 を足してください）
`,
		},
		{
			rule:   "counts for an unknown method",
			change: replace("handbook.toml", "[count.errand]\n", "[count.errant]\nhigh = 1\n\n[count.errand]\n"),
			want:   `handbook.toml:65: 方式 "errant" がありません（errand のことですか）`,
		},
		{
			rule:   "a count of an unknown priority",
			change: replace("handbook.toml", "low = 0", "low = 0\nmiddle = 1"),
			want:   `handbook.toml:68: 優先度 "middle" がありません（書けるのは high、low）`,
		},

		// Texts.
		{
			rule:   "a section is missing",
			change: replace("measures/lock.md", "## やり方\n\n掛けます。\n", ""),
			want:   `measures/lock.md:1: 節「## やり方」がありません`,
		},
		{
			rule:   "a record without any text",
			change: replace("threats/theft.md", "\n## 何が起きるか\n\n歩いて帰ります。\n", ""),
			want:   `threats/theft.md:1: 節「## 何が起きるか」がありません`,
		},
		{
			rule:   "a section that does not belong",
			change: replace("threats/theft.md", "## 何が起きるか", "## いつ起きるか\n\n夜です。\n\n## 何が起きるか"),
			want:   `threats/theft.md:8: 節「いつ起きるか」はここでは使えません（何が起きるか のことですか）`,
		},
		{
			rule:   "a section that stands twice",
			change: replace("threats/theft.md", "## 何が起きるか", "## 何が起きるか\n\n困ります。\n\n## 何が起きるか"),
			want:   `threats/theft.md:12: 節「何が起きるか」が二度あります`,
		},
		{
			rule:   "sections out of order",
			change: all(replace("measures/lock.md", "## やり方", "## X"), replace("measures/lock.md", "## なぜ", "## やり方"), replace("measures/lock.md", "## X", "## なぜ")),
			want:   `measures/lock.md:26: 節「なぜ」の順番が違います（順番は なぜ、やり方）`,
		},
		{
			rule:   "a section without text",
			change: replace("measures/lock.md", "掛けます。\n", ""),
			want:   `measures/lock.md:26: 節「やり方」に本文がありません`,
		},
		{
			rule:   "text before the first section",
			change: replace("threats/theft.md", "## 何が起きるか", "困ります。\n\n## 何が起きるか"),
			want:   `threats/theft.md:8: 最初の「## 」の前に本文は置けません（どれかの節に入れてください）`,
		},
		{
			rule:   "a heading of the first level",
			change: replace("pages/about.md", "前の文です。", "# 題"),
			want:   `pages/about.md:8: 本文に「# 」の見出しは書けません（題名は前書きに書き、本文は「## 」から始めてください）`,
		},
		{
			rule:   "a heading of the first level, underlined",
			change: replace("pages/about.md", "前の文です。", "題\n==="),
			want:   `pages/about.md:8: 本文に「# 」の見出しは書けません（題名は前書きに書き、本文は「## 」から始めてください）`,
		},
		{
			rule:   "a level of headings that is skipped",
			change: replace("measures/helmet.md", "### 大きさ", "#### 大きさ"),
			want:   `measures/helmet.md:30: 見出しの段が飛んでいます（「#### 」の前に「### 」が要ります）`,
		},
		{
			rule:   "the first heading is of the second level",
			change: replace("pages/about.md", "前の文です。", "### 題"),
			want:   `pages/about.md:8: 見出しの段が飛んでいます（「### 」の前に「## 」が要ります）`,
		},
		{
			rule:   "a heading without text",
			change: replace("pages/about.md", "前の文です。", "##"),
			want:   `pages/about.md:8: 見出しに文字がありません`,
		},
		{
			rule:   "a page's heading without a name",
			change: replace("pages/about.md", "## 作った人 {#maker}", "## 作った人"),
			want:   `pages/about.md:10: 見出し「作った人」に名前がありません（「## 見出し {#name}」の形で書いてください）`,
		},
		{
			rule:   "a heading's name that cannot be an anchor",
			change: replace("measures/helmet.md", "{#size}", "{#Size}"),
			want:   `measures/helmet.md:30: 見出しの名前 "Size" は使えません（小文字の英数字とハイフンだけで書いてください）`,
		},
		{
			rule:   "a heading's name that stands twice",
			change: replace("measures/helmet.md", "1. かぶります。", "- a\n\n### 色 {#size}\n\n1. かぶります。"),
			want:   `measures/helmet.md:34: 見出しの名前 "size" が二度あります`,
		},
		{
			rule:   "a heading's name that is a section's",
			change: replace("measures/helmet.md", "{#size}", "{#why}"),
			want:   `measures/helmet.md:30: 見出しの名前 "why" は、節「なぜ」の名前です（{#why} を消すか、別の名前にしてください）`,
		},
		{
			rule:   "a section's name stands in handbook.toml only",
			change: replace("threats/theft.md", "## 何が起きるか", "## 何が起きるか {#wat}"),
			want:   `threats/theft.md:8: 節「何が起きるか」に {#wat} は付けられません（節の名前は handbook.toml にあります）`,
		},
		{
			rule:   "a heading has no attributes but a name",
			change: replace("measures/helmet.md", "{#size}", "{#size .big}"),
			want:   `measures/helmet.md:30: 見出しに付けられるのは {#名前} だけです`,
		},
		{
			rule:   "a block of HTML",
			change: replace("pages/about.md", "前の文です。", "<div>\n前の文です。\n</div>"),
			want:   `pages/about.md:8: 本文に HTML は書けません（Markdown で書いてください）`,
		},
		{
			rule:   "HTML within a line, at its line",
			change: replace("pages/about.md", "前の文です。", "前の\n文<br>です。"),
			want:   `pages/about.md:9: 本文に HTML は書けません（Markdown で書いてください）`,
		},
		{
			rule:   "a comment in HTML",
			change: replace("pages/about.md", "前の文です。", "<!-- 後で -->"),
			want:   `pages/about.md:8: 本文に HTML は書けません（Markdown で書いてください）`,
		},
		{
			rule:   "an image, at its line",
			change: replace("pages/about.md", "前の文です。", "前の\n![](a.png)"),
			want:   `pages/about.md:9: 本文に画像は置けません（文で説明してください）`,
		},
		{
			rule:   "a link without text, at its line",
			change: replace("measures/helmet.md", "[鍵](measures/lock.html)", "[](measures/lock.html)"),
			want:   `measures/helmet.md:33: リンク "measures/lock.html" に文字がありません`,
		},

		// The flow.
		{
			rule:   "an unknown first question",
			change: replace("flow.toml", `start = "owner"`, `start = "owners"`),
			want:   `flow.toml:1: 最初の質問 "owners" がありません（owner のことですか）`,
		},
		{
			rule:   "a first question that is not named is one problem",
			change: replace("flow.toml", "start = \"owner\"\n", ""),
			want:   `flow.toml:1: 項目 "start" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a question without answers",
			change: replace("flow.toml", "[question.goal.answer.work]\nlabel = \"仕事\"\nhint = \"毎日です\"\nnext = \"commute\"\n\n[question.goal.answer.shop]\nlabel = \"店\"\nnext = \"by-owner\"\n", ""),
			want:   `flow.toml:16: 項目 "question.goal.answer" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a question with an empty table of answers",
			change: replace("flow.toml", "[question.goal.answer.work]\nlabel = \"仕事\"\nhint = \"毎日です\"\nnext = \"commute\"\n\n[question.goal.answer.shop]\nlabel = \"店\"\nnext = \"by-owner\"\n", "[question.goal.answer]\n"),
			want:   `flow.toml:21: 項目 "question.goal.answer" に表が一つもありません（[question.goal.answer.名前] を足してください）`,
		},
		{
			rule:   "an answer that leads to nothing known",
			change: replace("flow.toml", `next = "commute"`, `next = "comute"`),
			want:   `flow.toml:24: 行き先 "comute" は、質問にも、結果にも、方式にもありません（commute のことですか）`,
		},
		{
			rule:   "an answer that does not say where it leads is one problem",
			change: replace("flow.toml", "next = \"commute\"\n", ""),
			want:   `flow.toml:21: 項目 "question.goal.answer.work.next" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "an answer whose goal has two meanings",
			change: replace("flow.toml", "[result.by-owner]\nquestion = \"owner\"\n", "[result.goal]\nquestion = \"owner\"\n\n[result.goal.method]\nmine = \"errand\"\nshared = \"errand\"\n\n[result.by-owner]\nquestion = \"owner\"\n"),
			want:   `flow.toml:10: 行き先 "goal" という名前が二つ以上あります（質問、結果、方式には違う名前を付けてください）`,
		},
		{
			rule:   "a result that asks an unknown question",
			change: replace("flow.toml", `question = "owner"`, `question = "ownr"`),
			want:   `flow.toml:31: 質問 "ownr" がありません（owner のことですか）`,
		},
		{
			rule:   "a result for an unknown answer",
			change: replace("flow.toml", "mine = \"errand\"\n", "mine = \"errand\"\nmime = \"errand\"\n"),
			want:   `flow.toml:35: 質問 "owner" に答え "mime" がありません（mine のことですか）`,
		},
		{
			rule:   "a result without a method for an answer",
			change: replace("flow.toml", "shared = \"errand\"\n", ""),
			want:   `flow.toml:33: 答え "shared" のときの方式がありません（[result.by-owner.method] に shared = "方式" を足してください）`,
		},
		{
			rule:   "a result with an unknown method",
			change: replace("flow.toml", "shared = \"errand\"\n", "shared = \"errands\"\n"),
			want:   `flow.toml:35: 方式 "errands" がありません（errand のことですか）`,
		},
		{
			rule:   "a result that asks a question not on the way",
			change: replace("flow.toml", "[question.owner.answer.shared]\nlabel = \"借りた\"\nnext = \"errand\"\n", "[question.owner.answer.shared]\nlabel = \"借りた\"\nnext = \"by-goal\"\n\n[result.by-goal]\nquestion = \"goal\"\n\n[result.by-goal.method]\nwork = \"errand\"\nshop = \"errand\"\n"),
			want:   `flow.toml:14: 結果 "by-goal" は質問 "goal" の答えで決まりますが、ここまでの道でその質問をしていません`,
		},
		{
			rule:   "a result that nothing leads to",
			change: replace("flow.toml", `next = "by-owner"`, `next = "errand"`),
			want:   `flow.toml:30: 結果 "by-owner" には、どの答えからも来られません`,
		},
		{
			rule:   "a way that goes round",
			change: replace("flow.toml", `next = "by-owner"`, `next = "owner"`),
			want: `
flow.toml:28: 質問 "owner" に戻ってしまい、終わりません（先へ進む行き先にしてください）
flow.toml:30: 結果 "by-owner" には、どの答えからも来られません
`,
		},
		{
			rule:   "a question that leads to itself",
			change: replace("flow.toml", `next = "commute"`, `next = "goal"`),
			want: `
flow.toml:24: 質問 "goal" に戻ってしまい、終わりません（先へ進む行き先にしてください）
methods/commute.md:1: 方式 "commute" には、方式を選ぶ質問（flow.toml）のどの道からも来られません
`,
		},
		{
			rule:   "a question that nothing leads to",
			change: replace("flow.toml", "[result.by-owner]\n", "[question.day]\ntext = \"いつですか\"\nwhy = \"混むから\"\nunsure = \"暦を見ます\"\n\n[question.day.answer.any]\nlabel = \"いつでも\"\nnext = \"commute\"\n\n[result.by-owner]\n"),
			want:   `flow.toml:30: 質問 "day" には、どの答えからも来られません`,
		},
		{
			rule:   "a method that nothing leads to",
			change: replace("flow.toml", `next = "commute"`, `next = "errand"`),
			want:   `methods/commute.md:1: 方式 "commute" には、方式を選ぶ質問（flow.toml）のどの道からも来られません`,
		},
		{
			rule:   "more ways than a page can show",
			change: replace("flow.toml", "next = \"commute\"\n", "next = \"q0\"\n"+sharedQuestions(40)),
			want:   `flow.toml:1: 質問から方式までの道が 1000 本を超えます（質問か答えを減らしてください）`,
		},

		// What was published.
		{
			rule:   "a published measure has vanished",
			change: all(remove("measures/lock.md"), replace("handbook.toml", "low = 2", "low = 1")),
			want:   `published.toml:2: 公開した measures/lock.md がなくなっています（戻すか、[withdrawn.lock] に取り下げた理由を書いてください）`,
		},
		{
			rule:   "a published method has vanished",
			change: replace("published.toml", "methods = [\"commute\", \"errand\"]", "methods = [\"commute\", \"errand\", \"race\"]"),
			want:   `published.toml:1: 公開した methods/race.md がなくなっています（戻すか、[withdrawn.race] に取り下げた理由を書いてください）`,
		},
		{
			rule:   "a published threat has vanished",
			change: replace("published.toml", `threats = ["crash", "theft"]`, `threats = ["crash", "theft", "rain"]`),
			want:   `published.toml:3: 公開した threats/rain.md がなくなっています（戻すか、[withdrawn.rain] に取り下げた理由を書いてください）`,
		},
		{
			rule:   "a record that is not on the list of what was published",
			change: replace("published.toml", `threats = ["crash", "theft"]`, `threats = ["crash"]`),
			want:   `published.toml:3: threats/theft.md がこの一覧にありません（threats に "theft" を足してください）`,
		},
		{
			rule:   "a list of what was published that is missing is one problem",
			change: replace("published.toml", "threats = [\"crash\", \"theft\"]\n", ""),
			want:   `published.toml:1: 項目 "threats" がありません（意味は README.md にあります）`,
		},
		{
			rule:   "a withdrawn record stays on the list of what was published",
			change: replace("published.toml", `, "horn"`, ""),
			want:   `published.toml:5: 取り下げた "horn" が measures の一覧にありません（公開した名前は消さず、一覧に戻してください）`,
		},
		{
			rule:   "a withdrawn record that is still there",
			change: replace("published.toml", "[withdrawn.horn]", "[withdrawn.lock]\nkind = \"measures\"\ntitle = \"鍵\"\nreason = \"古い\"\ndate = 2026-03-01\n\n[withdrawn.horn]"),
			want:   `published.toml:5: 取り下げたはずの "lock" が、まだ measures/ にあります`,
		},
		{
			rule:   "a withdrawn record of an unknown kind",
			change: replace("published.toml", `kind = "measures"`, `kind = "measure"`),
			want:   `published.toml:6: 種類 "measure" は使えません（measures のことですか）`,
		},
		{
			rule:   "a measure that replaces what was not withdrawn",
			change: replace("measures/light.md", `replaces = ["horn"]`, `replaces = ["horn", "lock"]`),
			want:   `measures/light.md:12: 取り下げた対策 "lock" がありません（書けるのは horn）`,
		},

		// Dates.
		{
			rule:   "a change's date is that of its file name",
			change: replace("changes/2026-04-01.md", "date = 2026-04-01", "date = 2026-04-02"),
			want:   `changes/2026-04-01.md:2: 日付 2026-04-02 がファイル名と違います（ファイル名は日付で始めます: 2026-04-02.md）`,
		},
		{
			rule:   "a second change on a day",
			change: add("changes/2026-04-01-2.md", "+++\ndate = 2026-04-01\ntitle = \"直し\"\n+++\n\n直しました。\n"),
		},
		{
			rule:   "a review is not overdue on its last day",
			change: all(),
			today:  time.Date(2027, 4, 1, 23, 0, 0, 0, time.UTC),
		},
		{
			rule:   "an overdue review is a warning",
			change: replace("measures/lock.md", "reviewed = 2026-04-01", "reviewed = 2025-05-31"),
			want:   `measures/lock.md:9: 注意: 見直しの期限 2026-05-31 を過ぎました（内容を確かめて、日付を新しくしてください）`,
		},
		{
			rule:   "every kind of record has a review that can be overdue",
			change: all(),
			today:  time.Date(2027, 4, 2, 0, 0, 0, 0, time.UTC),
			want: `
handbook.toml:5: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
measures/helmet.md:9: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
measures/light.md:9: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
measures/lock.md:9: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
measures/register.md:9: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
methods/commute.md:10: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
methods/errand.md:10: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
pages/about.md:5: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
pages/methods.md:5: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
threats/crash.md:5: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
threats/theft.md:5: 注意: 見直しの期限 2027-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
`,
		},
		{
			rule:   "a review in the future is a warning",
			change: replace("pages/about.md", "reviewed = 2026-04-01", "reviewed = 2026-06-03"),
			want:   `pages/about.md:5: 注意: 確認した日 2026-06-03 がまだ来ていません（日付を確かめてください）`,
		},
		{
			rule:   "a review of tomorrow is one of today in another time zone",
			change: replace("pages/about.md", "reviewed = 2026-04-01", "reviewed = 2026-06-02"),
		},

		// The library.
		{
			rule:   "a library beside methods and measures",
			change: addLibrary,
		},
		{
			rule:   "two guides with a number",
			change: all(addLibrary, add("guides/horn.md", library["guides/bell.md"])),
			want:   `guides/horn.md:2: ガイドの番号 "1" は guides/bell.md:1 と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "two charts, contacts, references and lifecycles with a number",
			change: all(addLibrary, add("survey/q2.toml", library["survey/q1.toml"]), add("contacts/shop2.md", library["contacts/shop.md"]), add("references/law2.md", library["references/law.md"]), add("lifecycles/tire2.md", library["lifecycles/tire.md"])),
			want: `
contacts/shop2.md:2: 相談先の番号 "1" は contacts/shop.md:1 と同じです（どちらかを変えてください）
lifecycles/tire2.md:2: 期限の番号 "1" は lifecycles/tire.md:1 と同じです（どちらかを変えてください）
references/law2.md:2: 資料の番号 "1" は references/law.md:1 と同じです（どちらかを変えてください）
survey/q2.toml:1: 図の番号 "1" は survey/q1.toml:1 と同じです（どちらかを変えてください）
`,
		},
		{
			rule: "numbers of the library begin at 1",
			change: all(addLibrary, replace("guides/bell.md", "number = 1", "number = 0"), replace("contacts/shop.md", "number = 1", "number = -1"), replace("references/law.md", "number = 1", "number = 0"),
				replace("lifecycles/tire.md", "number = 1", "number = 0"), replace("survey/q1.toml", "number = 1", "number = 0")),
			want: `
contacts/shop.md:2: 番号は1以上にしてください
guides/bell.md:2: 番号は1以上にしてください
lifecycles/tire.md:2: 番号は1以上にしてください
references/law.md:2: 番号は1以上にしてください
survey/q1.toml:1: 番号は1以上にしてください
`,
		},
		{
			rule: "a survey counts at least one",
			change: all(addLibrary, replace("survey/q1.toml", "n = 5", "n = -1234"), replace("survey/q1.toml", "value = 60", "value = 60\nn = 0"),
				replace("survey.toml", "sent = 10", "sent = -1"), replace("survey.toml", "answered_by = 5", "answered_by = 0")),
			want: `
survey.toml:8: 項目 "sent" は1以上の数にしてください
survey.toml:15: 項目 "answered_by" は1以上の数にしてください
survey/q1.toml:4: 項目 "n" は1以上の数にしてください
survey/q1.toml:12: 項目 "n" は1以上の数にしてください
`,
		},
		{
			rule:   "a folder of TOML records holds nothing but TOML",
			change: all(addLibrary, add("survey/q2.md", "x")),
			want:   `survey/q2.md:1: ここには .toml のファイルだけを置きます`,
		},
		{
			rule:   "a broken chart, without what follows from it",
			change: all(addLibrary, replace("survey/q1.toml", `kind = "single"`, `kind = single`)),
			want:   `survey/q1.toml:6: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）`,
		},
		{
			rule:   "a guide for an unknown measure",
			change: all(addLibrary, replace("guides/bell.md", `["lock"]`, `["lokc"]`)),
			want:   `guides/bell.md:10: 対策 "lokc" がありません（lock のことですか）`,
		},
		{
			rule:   "a method with the reading of an unknown term, and of one that is not in its name",
			change: all(addLibrary, replace("methods/commute.md", "reviewed = 2026-04-01", "reviewed = 2026-04-01\nreadings = [\"bel\", \"bell\"]")),
			want: `
methods/commute.md:11: 用語 "bel" がありません（bell のことですか）
methods/commute.md:11: 用語 "bell" は、方式の名前 "通勤" にありません（名前にある用語だけを書いてください）
`,
		},
		{
			rule:   "a guide has the sections of guides",
			change: all(addLibrary, replace("handbook.toml", "[section.threat]\n", "[section.guide]\nsteps = \"手順\"\n\n[section.threat]\n")),
			want: `
guides/bell.md:1: 節「## 手順」がありません
guides/bell.md:13: 最初の「## 」の前に本文は置けません（どれかの節に入れてください）
`,
		},
		{
			rule:   "addresses in the library are secure ones",
			change: all(addLibrary, replace("guides/bell.md", "https:", "http:"), replace("contacts/shop.md", "https:", "http:"), replace("references/law.md", "https:", "http:")),
			want: `
contacts/shop.md:6: 番地 "http://example.jp/shop/" は https:// で始めてください
guides/bell.md:6: 番地 "http://example.jp/bell/" は https:// で始めてください
references/law.md:5: 番地 "http://example.jp/law/" は https:// で始めてください
`,
		},
		{
			rule:   "a contact that has expired is not shown as live",
			change: all(addLibrary, replace("contacts/shop.md", "checked =", "valid_until = 2026-05-31\nchecked =")),
			want:   `contacts/shop.md:7: 期限 2026-05-31 を過ぎた相談先です（続いているなら日付を直し、終わったなら ended に終わった日を書いてください）`,
		},
		{
			rule:   "a contact is live on the whole of its last day",
			change: all(addLibrary, replace("contacts/shop.md", "checked =", "valid_until = 2026-06-01\nchecked =")),
			today:  time.Date(2026, 6, 1, 9, 0, 0, 0, time.FixedZone("JST", 9*60*60)),
		},
		{
			rule:   "a contact that has ended is history",
			change: all(addLibrary, replace("contacts/shop.md", "checked =", "valid_until = 2026-05-31\nended = 2026-05-31\nchecked =")),
		},
		{
			rule:   "the end of support is known to the day or to the month",
			change: all(addLibrary, replace("lifecycles/tire.md", "end = 2027-04-01", `end = "2027-04"`)),
		},
		{
			rule:   "the end of support is not known to the year alone",
			change: all(addLibrary, replace("lifecycles/tire.md", "end = 2027-04-01", `end = "2027"`)),
			want:   `lifecycles/tire.md:4: 項目 "end" は日付（例: 2026-11-23、引用符なし。月までしか分からなければ "2026-11"）で書きます`,
		},
		{
			rule:   "the month in which a contact ended is one of twelve",
			change: all(addLibrary, replace("contacts/shop.md", "checked =", "ended = \"2026-13\"\nchecked =")),
			want:   `contacts/shop.md:7: 項目 "ended" は日付（例: 2026-11-23、引用符なし。月までしか分からなければ "2026-11"）で書きます`,
		},
		{
			rule:   "every number of agreements has a result",
			change: all(addLibrary, replace("selftest.toml", "from = 0", "from = 1")),
			want:   `selftest.toml:10: 一つも当てはまらないときの結果がありません（from = 0 の結果を書いてください）`,
		},
		{
			rule:   "a result of a self-test can be reached",
			change: all(addLibrary, replace("selftest.toml", "from = 2", "from = 3")),
			want:   `selftest.toml:11: from は0から文の数（2）までにしてください`,
		},
		{
			rule:   "two results of a self-test differ",
			change: all(addLibrary, replace("selftest.toml", "from = 2", "from = 0")),
			want:   `selftest.toml:18: from が結果 "ride" と同じです（どちらかを変えてください）`,
		},
		{
			rule:   "a self-test leads to a page that there is",
			change: all(addLibrary, replace("selftest.toml", `page = "about"`, `page = "abuot"`)),
			want:   `selftest.toml:15: ページ "abuot" がありません（about のことですか）`,
		},
		{
			rule:   "texts that stand in a list have no headings",
			change: all(addLibrary, replace("terms/bell.md", "鳴ります。", "## 音\n\n鳴ります。")),
			want:   `terms/bell.md:8: ここの本文に見出しは書けません（段落と箇条書きで書いてください）`,
		},
		{
			rule:   "a word that means two terms",
			change: all(addLibrary, add("terms/horn.md", strings.Replace(library["terms/bell.md"], `term = "ベル"`, `term = "鈴"`, 1))),
			want:   `terms/horn.md:2: ことば "鈴" は terms/bell.md:1 にもあります（どちらかから消してください）`,
		},
		{
			rule:   "a term that no text uses",
			change: all(addLibrary, replace("terms/bell.md", `term = "ベル"`, `term = "鐘"`), replace("terms/bell.md", `"鈴"`, `"鉦"`)),
			want:   `terms/bell.md:2: 用語 "鐘" は、どの文でも使われていません（文で使うか、この用語を消してください）`,
		},
		{
			rule:   "the name of a field and the target of a link use no term",
			change: all(addLibrary, replace("terms/bell.md", `term = "ベル"`, `term = "vendor_url"`), replace("terms/bell.md", `"鈴"`, `"lock.html"`)),
			want:   `terms/bell.md:2: 用語 "vendor_url" は、どの文でも使われていません（文で使うか、この用語を消してください）`,
		},
		{
			rule: "a term may be used in a list, across a line end, or in what cannot be read",
			change: all(addLibrary, add("terms/a.md", newTerm("荷物があり")), add("terms/b.md", newTerm("左側を歩く")), add("terms/c.md", newTerm("前書きのない文")),
				replace("references/law.md", "左側を走ります。", "左側を\n**歩く**。"), add("threats/rain.md", "前書きのない文"), replace("published.toml", `"theft"]`, `"theft", "rain"]`)),
			want: `
threats/rain.md:1: この脅威を防ぐ対策が一つもありません（対策の threats に "rain" を足してください）
threats/rain.md:1: 前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）
`,
		},
		{
			rule:   "two broken terms are two problems",
			change: all(addLibrary, replace("terms/bell.md", `term = "ベル"`, `term = `), add("terms/horn.md", "x")),
			want: `
terms/bell.md:2: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）
terms/horn.md:1: 前書きがありません（1行目と、前書きの終わりに「+++」だけの行を書いてください）
`,
		},
		{
			rule:   "charts without the survey they are from",
			change: all(addLibrary, remove("survey.toml")),
			want:   `survey.toml:1: このファイルがありません（survey/ の図の調査について書いてください）`,
		},
		{
			rule:   "an unknown kind of chart",
			change: all(addLibrary, replace("survey/q1.toml", `"single"`, `"signle"`)),
			want:   `survey/q1.toml:6: 図の種類 "signle" は使えません（single のことですか）`,
		},
		{
			rule:   "a grouped chart without columns",
			change: all(addLibrary, replace("survey/q1.toml", `"single"`, `"grouped"`), replace("survey/q1.toml", "value = 60", "values = []")),
			want:   `survey/q1.toml:6: まとまりに分けた図には、列の名前 columns が要ります`,
		},
		{
			rule:   "a grouped chart with a value missing",
			change: all(addLibrary, replace("survey/q1.toml", `"single"`, "\"grouped\"\ncolumns = [\"朝\", \"夜\"]"), replace("survey/q1.toml", "value = 60", "values = [60]")),
			want:   `survey/q1.toml:12: 値が 1 個あります（columns と同じ 2 個にしてください）`,
		},
		{
			rule:   "a row without a value",
			change: all(addLibrary, replace("survey/q1.toml", "value = 60\n", "")),
			want:   `survey/q1.toml:9: 値がありません（value にパーセントの数を書いてください）`,
		},
		{
			rule:   "a value is a number",
			change: all(addLibrary, replace("survey/q1.toml", "value = 60", `value = "60"`)),
			want:   `survey/q1.toml:11: 項目 "row.always.value" は引用符のない数で書きます`,
		},
		{
			rule:   "values are numbers",
			change: all(addLibrary, replace("survey/q1.toml", `"single"`, "\"grouped\"\ncolumns = [\"朝\"]"), replace("survey/q1.toml", "value = 60", `values = ["60"]`)),
			want:   `survey/q1.toml:12: 項目 "row.always.values" は数の並び（例: [4.8, 16.1]）で書きます`,
		},
		{
			rule:   "a value is a percentage",
			change: all(addLibrary, replace("survey/q1.toml", "value = 60", `value = 600`)),
			want:   `survey/q1.toml:11: 値 600 はパーセントではありません（0から100までの数にしてください）`,
		},
		{
			rule:   "a value is not a number that is none",
			change: all(addLibrary, replace("survey/q1.toml", "value = 60", `value = nan`)),
			want:   `survey/q1.toml:11: 値 NaN はパーセントではありません（0から100までの数にしてください）`,
		},
		{
			rule:   "a row about an unknown measure",
			change: all(addLibrary, replace("survey/q1.toml", `["lock"]`, `["lokc"]`)),
			want:   `survey/q1.toml:12: 対策 "lokc" がありません（lock のことですか）`,
		},
		{
			rule:   "a guide that was checked too long ago is a warning",
			change: all(addLibrary, replace("guides/bell.md", "2026-04-01", "2025-04-01")),
			want:   `guides/bell.md:8: 注意: 見直しの期限 2026-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）`,
		},

		// More than one.
		// What the search takes for the same.
		{
			rule:   "words for the search and readings are fine",
			change: add("search.toml", "readings = [\"鍵 かぎ\"]\n[same.lock]\nwords = [\"鍵\", \"ロック\"]\n"),
			want:   ``,
		},
		{
			rule:   "one word for the search is the same as nothing",
			change: add("search.toml", "[same.lock]\nwords = [\"鍵\"]\n"),
			want:   `search.toml:2: 同じものとして探すことばは、二つ以上書いてください`,
		},
		{
			rule:   "a word for the search stands twice",
			change: add("search.toml", "[same.lock]\nwords = [\"鍵\", \"Lock\"]\n[same.key]\nwords = [\"lock\", \"鍵\"]\n"),
			want: `
search.toml:4: ことば "lock" は search.toml:1 にもあります（どちらかから消すか、一つの表にまとめてください）
search.toml:4: ことば "鍵" は search.toml:1 にもあります（どちらかから消すか、一つの表にまとめてください）
`,
		},
		{
			rule:   "words for the search that no text has",
			change: add("search.toml", "[same.plane]\nwords = [\"飛行機\", \"旅客機\"]\n"),
			want:   `search.toml:2: ここのことばは、どの文にもありません（文で使っていることばを、一つは入れてください）`,
		},
		{
			rule:   "a reading without its word",
			change: add("search.toml", "readings = [\n  \"かぎ\",\n]\n"),
			want:   `search.toml:1: 読み "かぎ" は「ことば 読み」の形で書いてください（例: "相談 そうだん"）`,
		},
		{
			rule:   "two readings of one word",
			change: add("search.toml", "readings = [\"鍵 かぎ\", \"鍵 けん\"]\n"),
			want:   `search.toml:1: ことば "鍵" の読みが二度あります（どちらかを消してください）`,
		},
		{
			rule:   "an unknown field of the search",
			change: add("search.toml", "[same.lock]\nword = [\"鍵\", \"ロック\"]\n"),
			want: `
search.toml:1: 項目 "same.lock.words" がありません（意味は README.md にあります）
search.toml:2: 項目 "same.lock.word" はここでは使えません（words のことですか）
`,
		},
		{
			rule: "all problems are reported at once, sorted, each once",
			change: all(
				replace("measures/lock.md", `title = "鍵"`, `titel = "鍵"`),
				replace("measures/lock.md", "盗まれないため", "<b>盗まれない</b>ため"),
				replace("measures/light.md", `["crash"]`, `["crush", "crush", "theft"]`),
				replace("measures/light.md", `number = "1-3"`, `number = "1-2"`),
				replace("threats/crash.md", "number = 1", "number = one"),
				replace("handbook.toml", "low = 2", "low = 4"),
				replace("flow.toml", `next = "commute"`, `next = "commuter"`),
				replace("pages/about.md", "reviewed = 2026-04-01", "reviewed = 2020-04-01"),
				add("measures/notes.txt", "x"),
			),
			want: `
flow.toml:24: 行き先 "commuter" は、質問にも、結果にも、方式にもありません（commute のことですか）
handbook.toml:63: 方式 "commute" の優先度 "low" は 4 項目のはずですが、2 項目あります（対策の [priority] か、この数を直してください）
measures/light.md:2: 対策の番号 "1-2" は measures/helmet.md:1 と同じです（どちらかを変えてください）
measures/light.md:6: 脅威 "crush" がありません（crash のことですか）
measures/light.md:6: 項目 "threats" に "crush" が二度あります
measures/lock.md:1: 項目 "title" がありません（意味は README.md にあります）
measures/lock.md:3: 項目 "titel" はここでは使えません（title のことですか）
measures/lock.md:24: 本文に HTML は書けません（Markdown で書いてください）
measures/notes.txt:1: ここには .md のファイルだけを置きます
pages/about.md:5: 注意: 見直しの期限 2021-04-01 を過ぎました（内容を確かめて、日付を新しくしてください）
threats/crash.md:2: TOML として読めません: 「=」の後の値を読めません（文は半角の引用符 " で囲んでください）
`,
		},
		{
			rule: "a broken measure hides neither other problems nor brings new ones",
			change: all(
				replace("measures/helmet.md", `title = "ヘルメット"`, `title = "ヘルメット`),
				replace("measures/lock.md", `origin = "own"`, `origin = "owm"`),
				replace("measures/lock.md", "## なぜ", "## どうして"),
			),
			want: `
measures/helmet.md:3: TOML として読めません: 引用符が閉じていません（文の終わりに引用符を書いてください）
measures/lock.md:1: 節「## なぜ」がありません
measures/lock.md:7: 由来 "owm" がありません（own のことですか）
measures/lock.md:22: 節「どうして」はここでは使えません（書けるのは なぜ、やり方）
`,
		},
	}
}

// sharedQuestions returns n questions with two answers each, both of which
// lead to the next: 2^n ways.
func sharedQuestions(n int) string {
	var b strings.Builder
	for i := range n {
		next := fmt.Sprintf("q%d", i+1)
		if i == n-1 {
			next = "commute"
		}
		fmt.Fprintf(&b, "\n[question.q%d]\ntext = \"問\"\nwhy = \"訳\"\nunsure = \"助\"\n", i)
		for _, answer := range []string{"yes", "no"} {
			fmt.Fprintf(&b, "\n[question.q%d.answer.%s]\nlabel = \"答\"\nnext = %q\n", i, answer, next)
		}
	}
	return b.String()
}

// newTerm returns a term of the glossary.
func newTerm(name string) string {
	return fmt.Sprintf("+++\nterm = %q\nreading = \"よみ\"\nreviewed = 2026-04-01\n+++\n\n説明です。\n", name)
}

// validLibrary is what may stand beside validContent.
const validLibrary = `
-- guides/bell.md --
+++
number = 1
title = "ベルの付け方"
product = "ベル"
vendor = "鈴の店"
vendor_url = "https://example.jp/bell/"
version = "2版"
checked = 2026-04-01
summary = "ねじで留めます。"
measures = ["lock"]
+++

ねじを回します。
-- terms/bell.md --
+++
term = "ベル"
reading = "べる"
aliases = ["鈴"]
reviewed = 2026-04-01
+++

鳴ります。
-- contacts/shop.md --
+++
number = 1
name = "鈴の店"
organisation = "鈴の会"
purpose = "直したいとき"
url = "https://example.jp/shop/"
checked = 2026-04-01
+++

開いています。
-- references/law.md --
+++
number = 1
title = "道の決まり"
publisher = "道の会"
url = "https://example.jp/law/"
checked = 2026-04-01
+++

左側を走ります。
-- lifecycles/tire.md --
+++
number = 1
product = "タイヤ"
end = 2027-04-01
checked = 2026-04-01
+++

替えます。
-- selftest.toml --
title = "乗れますか"
lead = "数えます。"

[statement.brake]
text = "止まれます。"

[statement.sign]
text = "標識が読めます。"

[result.ride]
from = 2
when = "二つとも"
title = "乗れます"
text = "出かけます。"
page = "about"

[result.learn]
from = 0
when = "そのほか"
title = "習います"
text = "練習します。"
-- survey.toml --
title = "乗り方の調べ"
report = "報告書"
area = "町"
from = 2026-01-01
to = 2026-01-31
method = "はがき"
target = "乗る人"
sent = 10
answered = 5
telework = 5
caution = "冬の結果です。"

[section.all]
title = "全部"
answered_by = 5
base = "乗る人"
message = "自分にも聞いてみます。"
questions = ["1 鍵は"]
-- survey/q1.toml --
number = 1
question = "1"
title = "鍵"
n = 5
base = "乗る人"
kind = "single"
message = "掛けています。"

[row.always]
label = "いつも"
value = 60
measures = ["lock"]
`

// contentDay is a day on which nothing in validContent is overdue.
var contentDay = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// A tree is a content folder: file → text.
type tree map[string]string

// parseTree reads a tree from a text in which "-- file --" stands before each
// file.
func parseTree(text string) tree {
	files := tree{}
	for _, part := range strings.Split(text, "\n-- ")[1:] {
		name, text, _ := strings.Cut(part, " --\n")
		files[name] = strings.TrimSuffix(text, "\n") + "\n"
	}
	return files
}

func newTree() tree { return parseTree(validContent) }

func (files tree) fs() fstest.MapFS {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return folder
}

// at returns "file:line" of the one line of a file that contains text.
func (files tree) at(file, text string) string {
	before, _, ok := strings.Cut(files[file], text)
	if !ok {
		panic("no " + text + " in " + file)
	}
	return fmt.Sprintf("%s:%d", file, 1+strings.Count(before, "\n"))
}

// A change breaks one thing.
type change func(tree)

// replace replaces text that stands in the file exactly once.
func replace(file, before, after string) change {
	return func(files tree) {
		if n := strings.Count(files[file], before); n != 1 {
			panic(fmt.Sprintf("%q stands %d times in %s, want once", before, n, file))
		}
		files[file] = strings.Replace(files[file], before, after, 1)
	}
}

func remove(file string) change { return func(files tree) { delete(files, file) } }

func add(file, text string) change { return func(files tree) { files[file] = text } }

func all(changes ...change) change {
	return func(files tree) {
		for _, c := range changes {
			c(files)
		}
	}
}

// load loads a tree and returns its problems, one a line.
func (files tree) load(t testing.TB, today time.Time) (*Handbook, string) {
	t.Helper()
	h, problems, err := Load(files.fs(), today)
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&lines, p)
		if last := 1 + strings.Count(files[p.File], "\n"); p.Line < 1 || p.Line > last {
			t.Errorf("line %d is outside of the file, which ends at %d: %s", p.Line, last, p)
		}
	}
	if want := !slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning }); Publishable(problems) != want {
		t.Errorf("Publishable = %v, want %v", !want, want)
	}
	if sorted := slices.IsSortedFunc(problems, func(a, b Problem) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	}); !sorted {
		t.Errorf("problems are not sorted:\n%s", &lines)
	}
	return h, strings.TrimSpace(lines.String())
}

func TestRules(t *testing.T) {
	for _, c := range rules() {
		t.Run(c.rule, func(t *testing.T) {
			files := newTree()
			c.change(files)
			today := contentDay
			if !c.today.IsZero() {
				today = c.today
			}
			want := strings.TrimSpace(c.want)
			if _, got := files.load(t, today); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// The rules are distinct, or one of them is not run under its own name.
func TestRulesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range rules() {
		if seen[c.rule] {
			t.Errorf("two rules %q", c.rule)
		}
		seen[c.rule] = true
	}
}
