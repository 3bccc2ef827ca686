package edition_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tebiki/generator/handbook"
)

// What the ministry's deck prints, and what was found out about the time after it, stands in the
// content exactly so. A figure is changed here only when the source is found to say something else.

// TestSurveyFigures: a line for each chart, below it one for each answer in
// percent; of a chart in groups the columns, then a line for each group.
func TestSurveyFigures(t *testing.T) {
	h := edition(t)
	var got []string
	for _, c := range slices.SortedFunc(slices.Values(h.Charts), func(a, b *handbook.Chart) int { return a.Number - b.Number }) {
		got = append(got, fmt.Sprintf("%s %s %s n=%d %s", c.Slug, c.Question, c.Title, c.N, c.Kind))
		if c.Columns != nil {
			got = append(got, strings.Join(c.Columns, " / "))
		}
		for _, r := range c.Rows {
			line := r.Label
			if c.Columns != nil {
				line += fmt.Sprintf(" n=%d", r.N)
			}
			for _, v := range r.Figures() {
				line += fmt.Sprintf(" %.1f", v)
			}
			got = append(got, line)
		}
	}
	compareLines(t, got, `
s1-status S-1 テレワークの導入状況 n=5433 single
  従前から導入 6.6
  コロナ対策のため導入 22.3
  今後導入予定 8.4
  導入していない・導入予定もない 62.7
s1-status-by-size S-1 テレワークの導入状況（従業員規模別） n=5433 grouped
  従前から導入 / コロナ対策のため導入 / 今後導入予定 / 導入していない・導入予定もない
  10～19人 n=2098 4.8 16.1 7.8 71.3
  20～29人 n=977 5.1 18.5 7.1 69.3
  30～49人 n=900 5.1 23.0 7.7 64.2
  50～99人 n=750 6.7 29.1 11.9 52.4
  100～199人 n=394 11.7 33.8 10.4 44.2
  200～299人 n=122 15.6 43.4 6.6 34.4
  300人以上 n=192 25.5 41.1 9.4 24.0
s2-when S-2 テレワークの導入時期 n=1569 single
  2019年以前 21.6
  2020年1・2月 4.3
  2020年3月 17.6
  2020年4月 44.2
  2020年5月 8.2
  2020年6月以降 4.0
s3-after S-3 新型コロナ収束後のテレワーク活用予定 n=1209 single
  活用する予定 40.5
  検討中 38.2
  活用しない予定 10.3
  既に活用をやめた 11.0
s7-why-not S-7 テレワークを導入しない理由 n=3406 multiple
  テレワークに適した仕事がないから 84.2
  業務の進行が難しいから 36.6
  顧客等外部対応に支障があるから 18.1
  セキュリティが心配だから 15.4
  対応できる人材が不足しているから 12.9
  文書の電子化が進んでいないから 12.4
  環境手配のためのノウハウがないから 8.0
  費用がかかりすぎるから 7.8
  社内のコミュニケーションに支障があるから 6.2
  そもそもやり方が分からないから 4.8
q4-1-awareness 4-1 テレワークセキュリティガイドラインの認知度 n=1569 single
  知っており活用した 8.1
  知っていたが活用しなかった 10.5
  知らなかった 81.5
q4-2-helped 4-2 ガイドラインの活用により役立った点 n=127 multiple
  導入するテレワーク方式の検討 59.1
  社内規程等のルール整備の検討 48.8
  具体的なセキュリティ対策の検討 34.6
  経営層・管理者・勤務者の役割 24.4
  上司等へのセキュリティの重要性説明 21.3
  導入する製品・ツール等の選定 21.3
  具体的なトラブル事例と対策の把握 19.7
  複数の対策同士の優先順位の検討 6.3
  予算関係部門に対する説明 4.7
q4-3-not-used 4-3 ガイドラインを活用しなかった理由 n=164 multiple
  活用するための時間がなかった 51.2
  活用するための予算がなかった 31.7
  活用できる人材がいなかった 18.9
  何を実施すべきかわからなかった 16.5
  上司等の理解が得られなかった 4.9
  その他 17.1
q1-1-staff 1-1 情報セキュリティ管理体制 n=1569 single
  情報セキュリティに関する専門のチームが存在 11.6
  情報セキュリティに関する専任の担当者（≠チーム）が存在 10.0
  情報セキュリティに関する担当者が存在（他業務と兼務） 55.6
  情報セキュリティに関する明確な担当者は存在しない 20.8
q2-7-devices 2-7 使用している会社所有の端末の種類 n=1569 multiple
  Windows10 96.1
  Windows8.1 8.2
  Windows8 4.2
  Windows7 12.1
  WindowsXP 1.7
  MacOS 14.3
  iPhone 39.0
  iPad 28.8
  Android 25.9
  その他 1.0
q6-1-issues 6-1 テレワークの導入に当たっての課題 n=1569 multiple
  テレワークに必要な機器の整備 54.3
  セキュリティの確保 43.1
  通信環境の整備 42.6
  社員の労務時間管理 36.5
  社員への指示・指導・評価 34.6
  就業規則の整備 31.4
  個々従業員による業務進捗管理 31.4
  コミュニケーション不足・情報共有困難 31.0
  書類へのサイン・捺印ができないこと 30.5
  文書の電子化が進んでいないこと 26.4
  取引先や顧客への対応 22.7
q4-5-governance 4-5 情報セキュリティの管理体制等に関する対策の実施状況 n=1569 multiple
  「情報セキュリティポリシー」の策定 34.1
  「情報セキュリティポリシー」の定期的な見直し 22.4
  社内情報の重要度に応じたレベル分け 23.4
  社内情報の重要度レベルによる、テレワーク利用可否や取扱方法の決定 17.8
  社内情報の重要度レベルによるファイル等へのアクセス制限 28.9
  定期的なセキュリティ教育・啓発活動 32.9
  セキュリティ事故発生時の連絡体制の整備 23.3
  セキュリティ事故発生時の対応訓練 9.5
  従業員のSNS（twitter等）に関する利用ルールの整備 18.8
  ファイル共有サービスに関する利用ルールの整備 23.9
  上記の対策のいずれも実施していない 27.7
  無回答 1.1
q4-6-measures 4-6 各種サイバー攻撃に関する対策の実施状況 n=1569 multiple
  危険なサイトにアクセスできないよう、Webサイトのフィルタリングをしている 37.8
  端末に勝手にアプリケーションをインストールしないよう申請・許可制としている 37.2
  OSやソフトウェアについて最新の状態となるようアップデートを指示・設定をしている 53.6
  セキュリティ対策ソフト（ウイルス対策ソフト等）が常に最新になるように指示・設定をしている 64.4
  個人所有の端末を業務に利用する際には、その端末のセキュリティ対策状況を確認している 14.0
  重要な電子ファイル等は、ネットワークから切り離された環境にバックアップしている 17.3
  不審なメール等が迷惑メールとして分類されるようになっている 45.1
  端末がどこにあり誰が利用しているか管理している 36.9
  インターネットと社内のネットワークとの間に、ファイアウォールを設置している 47.7
  業務で利用するシステムのパスワードに、弱いものを使わないよう指示・設定している 27.6
  重要なデータをやりとりする際は暗号化している 27.3
  端末の盗難や紛失に留意するよう注意喚起している 45.9
  画面を盗み見されたり、大声での会話により情報漏洩しないよう注意喚起している 28.4
  上記の対策のいずれも実施していない 10.2
  無回答 1.1
`)
}

// TestSurveyCautions: who was asked when, and the notes without which the
// figures that the deck's text leaves open would mislead.
func TestSurveyCautions(t *testing.T) {
	h := edition(t)
	s := h.Survey
	got := []string{fmt.Sprint(s.From.Format("2006-01-02"), " ", s.To.Format("2006-01-02"), " ", s.Sent, " ", s.Answered, " ", s.Telework)}
	bases := map[string][]string{}
	for _, c := range h.Charts {
		bases[c.Base] = append(bases[c.Base], fmt.Sprintf("%s:%d", c.Slug, c.N))
	}
	for _, base := range []string{"回答したすべての企業（従業員10名以上）", "テレワーク導入企業", "コロナ対策のためテレワークを導入した企業", "テレワーク未導入企業", "テレワーク導入企業のうちガイドラインを活用した企業", "テレワーク導入企業のうちガイドラインを活用しなかった企業"} {
		got = append(got, base+" "+strings.Join(bases[base], " "))
	}
	compareLines(t, got, `
2020-07-29 2020-08-24 30000 5433 1569
回答したすべての企業（従業員10名以上） s1-status:5433 s1-status-by-size:5433
テレワーク導入企業 s2-when:1569 q4-1-awareness:1569 q1-1-staff:1569 q2-7-devices:1569 q6-1-issues:1569 q4-5-governance:1569 q4-6-measures:1569
コロナ対策のためテレワークを導入した企業 s3-after:1209
テレワーク未導入企業 s7-why-not:3406
テレワーク導入企業のうちガイドラインを活用した企業 q4-2-helped:127
テレワーク導入企業のうちガイドラインを活用しなかった企業 q4-3-not-used:164
`)
	noted := map[string][]string{
		"s3-after":   {"78.7%", "21.3%"},
		"q1-1-staff": {"98.0%", "2.0%", "11.6%", "10.0%", "21.6%"},
	}
	unsure := ""
	for _, c := range h.Charts {
		if !c.Paired {
			t.Errorf("%s: got figures that stand beside their answers, want them put together by us", c.File)
		}
		for _, r := range c.Rows {
			if r.Unsure {
				unsure += fmt.Sprintf(" %s:%v", c.Slug, r.Value)
			}
		}
		for _, figure := range noted[c.Slug] {
			if !strings.Contains(c.Note, figure) {
				t.Errorf("%s: got note %q, want %s in it", c.File, c.Note, figure)
			}
		}
	}
	if want := " s3-after:40.5 s3-after:38.2 s3-after:10.3 s3-after:11 q1-1-staff:11.6 q1-1-staff:10"; unsure != want {
		t.Errorf("got the unsure figures%s, want%s", unsure, want)
	}
	if !strings.Contains(s.Caution, "2020年の夏") || !strings.Contains(s.Caution, "いまの状況") {
		t.Errorf("%s: got caution %q, want that it tells of the summer of 2020, not of today", s.File, s.Caution)
	}
}

// TestSurveyQuestions: the 48 questions under their headings.
func TestSurveyQuestions(t *testing.T) {
	h := edition(t)
	var got []string
	for _, s := range h.Survey.Questions {
		got = append(got, fmt.Sprintf("%s n=%d", s.Title, s.AnsweredBy))
		got = append(got, s.Questions...)
	}
	compareLines(t, got, `
スクリーニング設問 n=5433
  S-1 テレワークの導入状況
  S-2 テレワークの導入時期
  S-3 新型コロナ収束後のテレワーク活用予定
  S-4 新型コロナ収束後にテレワークを活用しない理由
  S-5 テレワークの全従業員に対する利用割合
  S-6 導入しているテレワークの形態
  S-7 テレワークを導入しない理由
  S-8 テレワークで行っている具体的な業務・実施方法
  S-9 新たにテレワーク化・テレワーク利用拡大したい業務・実施方法
情報セキュリティ管理体制 n=1569
  1-1 情報セキュリティ管理体制
  1-2 昨年度のIT投資予算
  1-3 今年度のテレワーク推進の予算
  1-4 セキュリティに予算を割くことへの理解
テレワークの使用端末・構成方式 n=1569
  2-1 テレワークに使用しているPC端末
  2-2 「会社支給のPC端末」の具体的な使用方法
  2-3 「従業員所有のPC端末」へのデータ保存に関する対応
  2-4 テレワークに使用しているモバイル端末
  2-5 「会社支給のモバイル端末」へのデータ保存に関する対応
  2-6 「従業員所有のモバイル端末」へのデータ保存に関する対応
  2-7 使用している会社所有の端末(PC端末・モバイル端末)の種類
  2-8 テレワーク用のPC端末から社内のシステムや情報にアクセスする場合の接続方法
  2-9 テレワーク用のモバイル端末から社内のシステムや情報にアクセスする場合の接続方法
その他のテレワーク利用製品 n=1569
  3-1 ウイルス対策製品
  3-2 デバイス管理製品・サービス
  3-3 セキュアブラウザ
  3-4 通常利用しているブラウザ
  3-5 VPN製品
  3-6 リモートデスクトップ製品
  3-7 WEB会議システム
  3-8 メールサービス
  3-9 チャットツール
  3-10 ストレージサービスの製品
  3-11 クラウドアクセス用のネットワークセキュリティ製品
  3-12 仮想デスクトップ方式の製品
  3-13 アプリケーション・ラッピング方式の製品
セキュリティ対策の状況 n=1569
  4-1 「テレワークセキュリティガイドライン」の認知度
  4-2 テレワークセキュリティガイドラインの活用により役立った点
  4-3 テレワークセキュリティガイドラインを活用しなかった理由
  4-4 テレワーク導入検討に当たり時間や労力を費やした点
  4-5 情報セキュリティの管理体制等に関する対策の実施状況
  4-6 各種サイバー攻撃に関する対策の実施状況
そのほか n=1569
  5-1 テレワーク導入目的
  5-2 テレワーク導入目的に対しての効果
  5-3 テレワークの導入により働き方で大きく変革した点
  6-1 テレワークの導入にあたっての課題
  6-2 セキュリティ確保への具体的な課題
  7-1 テレワークを導入する際に必要を感じた支援
  7-2 テレワークを有効活用する上で利用したい支援
`)
}

// TestEndsOfSupport: each product with its day. "(note)" are those known from
// the press or blogs alone, which must say so. Each stands in a group.
func TestEndsOfSupport(t *testing.T) {
	h := edition(t)
	var got []string
	for _, l := range h.Lifecycles {
		line := l.Product + " " + l.End.String()
		if l.SourceNote != "" {
			line += " (note)"
		}
		got = append(got, line)
		if l.Group == nil {
			t.Errorf("%s: no group", l.File)
		}
	}
	compareLines(t, got, `
Windows 10 22H2 (Home/Pro) 2025-10-14
Windows 10 個人向けESU 2027-10-12 (note)
Windows 10 法人向けESU 2028-10-10 (note)
Windows 11 23H2 (Home/Pro) 2025-11-11
Windows 11 24H2 (Home/Pro) 2026-10-13
Windows 11 23H2 (Enterprise/Education) 2026-11-10
Windows 11 25H2 (Home/Pro) 2027-10-12
Windows 11 26H1 (Home/Pro, 新しい機種用) 2028-03-14
Windows 11 26H2 (Home/Pro) 2028-10-10 (note)
Office 2016 / Office 2019 2025-10-14
Office 2021 2026-10-13
Office 2024 / Office LTSC 2024 2029-10-09
Microsoft 365 Apps (Windows 10上のセキュリティ更新) 2028-10-10 (note)
Exchange Server 2016 / 2019 2025-10-14
Windows Server 2012 / 2012 R2 2023-10-10
Windows Server 2016 2027-01-12
Skype 2025-05-05 (note)
Android 13 2026-03-02
macOS 13 2025-09-15
FortiOS 7.0 / 7.2 2026-09-30
FortiGate SSL-VPN トンネルモード 2025-05 (note)
Windows 11 22H2 (Home/Pro) 2024-10-08
Windows 11 24H2 (Enterprise/Education) 2027-10-12
Windows 11 25H2 (Enterprise/Education) 2028-10-10
Windows 11 26H1 (Enterprise/Education, 新しい機種用) 2029-03-13
Windows 10 Enterprise LTSC 2021 2027-01-12
Windows 10 Enterprise LTSC 2016 2026-10-13
Windows 11 Enterprise LTSC 2024 2029-10-09
セキュア ブートの証明書（2011年版） 2026-10 (note)
iOS 17 / iPadOS 17 2025-05-13
Android 12 / 12L 2025-03-03
Xperia 10 V 2026-06
Xperia 1 VI 2028-04
Pixel 8a 2031-05
Galaxy S26 2033-03
Office 2016 for Mac 2020-10-13
Office 2019 for Mac 2023-10-10
Microsoft Publisher 2026-10-01 (note)
Exchange OnlineのSMTP AUTH（パスワードでの送信） 2026-12 (note)
Google Workspaceの「安全性の低いアプリ」 2025-01
FortiOS 7.4 2028-11-11 (note)
FortiOS 7.6 2030-01-25 (note)
FortiOS 8.0 2030-10-21
SonicWall SMA 100シリーズ 2025-10-31 (note)
Wi-Fiルーター バッファロー WXR-5950AX12 2026-01
Wi-Fiルーター エレコム WRC-X3000GS 2025-08
Wi-Fiルーター バッファロー WSR-2533DHP2 2025-02 (note)
Wi-Fiルーター エレコム WRC-2533GST2SP 2025-08 (note)
Wi-Fiルーター NEC Aterm WG2600HP3 2025-08 (note)
OpenVPN 2.5 2025-07-31
Windows Server 2019 2029-01-09
Windows Server 2022 2031-10-14
Windows Server 2025 2034-11-14
SharePoint Server 2016 / 2019 2026-07-14
SQL Server 2014 2024-07-09
SQL Server 2016 2026-07-14
SQL Server 2017 2027-10-12
SQL Server 2019 2030-01-08
SQL Server 2022 2033-01-11
Java 17（Oracle） 2026-09-30
FileMaker 2023 2025-12-31
FileMaker 2024 2026-06-30
FileMaker 2025 2027-07-31
LibreOffice 26.2 2026-11-30
PowerShell 7.4 / 7.5 2026-11-10
Firefox ESR 140 2026-09-29
`)
}

// TestGuidelineFacts: what the page on the two documents has to say.
func TestGuidelineFacts(t *testing.T) {
	text := read(t, "pages/guideline.md")
	for _, fact := range []string{
		// The handbook: its parts, with the pages they begin on.
		"74ページ", "| 2 テレワーク方式の確認 | 9 |", "| 3 テレワーク方式の解説 | 11 |", "| 4 テレワーク環境で想定される脅威の解説 | 24 |",
		"| 1 テレワーク方式ごとのセキュリティ対策チェックリスト | 31 |", "| 2 セキュリティ対策チェックリストの設定例一覧 | 64 |", "| 3 テレワーク環境のセキュリティ対策と想定脅威一覧 | 64 |",
		"◎が10項目、○が21項目", "全部で33項目", "Microsoft Teams、Cisco WebEx Meeting、Zoomの3製品",
		// The guideline: its editions, items and roles.
		"| 初版 | 2004年12月 |", "| 第2版 | 2006年4月 |", "| 第3版 | 2013年3月 | 33項目 |", "| 第4版 | 2018年4月 | 43項目、三つの役割 |", "| 第5版 | 2021年5月31日 | 七つの方式、13の対策の分類、三つの役割 |",
		"経営者、システム管理者、テレワーク勤務者", "経営者、システム・セキュリティ管理者、テレワーク勤務者", "基本対策事項", "基本的対策事項", "推奨対策事項",
		"ガイドラインの33項目は、第3版の対策の数です", "手引きの33項目は、初版の対策の数です",
		// The handbook's editions.
		"| 初版 | 2020年9月11日 | 33項目、八つの方式、四つの脅威 |", "| 第2版 | 2021年5月 |", "| 第3版 | 2022年5月 |", "| 設定解説資料の更新 | 2024年7月 |",
		"確かめた日は、2026年11月28日です", "81.5%", "8.1%", "1,569社",
	} {
		if !strings.Contains(text, fact) {
			t.Errorf("pages/guideline.md: %q is missing", fact)
		}
	}
	for _, axis := range []string{"対象の人", "セキュリティの予算", "進める体制", "セキュリティの知識", "ITの用語", "設定の作業"} {
		if !strings.Contains(text, "| "+axis+" |") {
			t.Errorf("pages/guideline.md: the readers are not compared by %q", axis)
		}
	}
}

// checkedOn is how a file says when its figures were checked.
var checkedOn = regexp.MustCompile(`2026年11月2[89]日|(?m)^checked = 2026-11-2[89]$`)

// TestFiguresOf2026: figures and dates of what came after the deck, with the day on which they were
// checked in the same file.
func TestFiguresOf2026(t *testing.T) {
	for file, facts := range map[string][]string{
		// The police: figures of 2024 by the white paper, of 2025 and 2026 by its statistics.
		"threats/malware.md":          {"2024年に警察に答えた100件では、VPN機器が55件、リモートデスクトップが31件", "約6割が中小企業"},
		"measures/gateway-updates.md": {"2026年上半期の報告では半分ほどがVPN機器", "FortiOS 7.6.3から", "7.4.8や7.6.0から"},
		"measures/backup.md":          {"99社のうち、79社は戻せませんでした", "消した日から93日の間", "25日までなら管理者が戻せます"},
		"measures/suspicious-mail.md": {"4社が合わせて1億4000万円", "警視庁の2026年1月の発表"},
		// The makers.
		"measures/multi-factor.md":    {"2026年12月末"},
		"guides/microsoft-365.md":     {"2026年12月末", "2027年の後半", "2019年10月22日より後", "7日か30日", "180日", "30日の間は戻せます", "50GBまで", "2026年5月から"},
		"guides/google-workspace.md":  {"20日を過ぎると"},
		"measures/access-logs.md":     {"7日か30日", "180日"},
		"measures/account-review.md":  {"30日を過ぎると", "20日を過ぎると", "50GBまで"},
		"measures/disk-encryption.md": {"24H2以降", "macOS 26以降"},
		// The duty to report leaks.
		"threats/unauthorized-access.md": {"3～5日ほど"},
		"threats/loss-theft.md":          {"3～5日ほど"},
		"threats/eavesdropping.md":       {"3～5日ほど"},
		// Laws, authorities and other people's frameworks.
		"leak-report.toml":                {"from = 3\nto = 5\n", "\nto = 30\n", "\nto = 60\n"},
		"pages/leak-report.md":            {"1000人を超える", "2025年10月1日", "2026年7月17日", "公布から2年以内", "1年以下の拘禁刑か100万円以下", "1億円以下", "3～5日", "30日か60日です。土日と祝日も数えます", "12月29日から1月3日", "いちばん多い場合の人数", "責任のある人にすぐ知らせ"},
		"incidents/ransomware.md":         {"99の会社のうち、79社"},
		"incidents/fake-support.md":       {"2025年9月25日", "980万円"},
		"incidents/payment-fraud.md":      {"2026年1月9日", "18件と、4社で1億4000万円"},
		"frameworks/scs-3.md":             {"26項目", "まだ、★3を持つ会社はありません", "43項目", "2026年4月27日", "2026年3月27日"},
		"frameworks/security-action-6.md": {"2026年4月", "11桁"},
	} {
		text := read(t, file)
		if !checkedOn.MatchString(text) {
			t.Errorf("%s: the day of the check is missing", file)
		}
		for _, fact := range facts {
			if !strings.Contains(text, fact) {
				t.Errorf("%s: %q is missing", file, fact)
			}
		}
	}
}

// TestEndedDesk: the deck's desk is history, known to the month.
func TestEndedDesk(t *testing.T) {
	h := edition(t)
	i := slices.IndexFunc(h.Contacts, func(c *handbook.Contact) bool { return c.Slug == "telework-anshin-2020" })
	if i < 0 || h.Contacts[i].Ended.String() != "2021-03" || h.Contacts[i].URL != "" {
		t.Fatalf("got contact %d of %d, want one that ended in 2021-03, without an address", i, len(h.Contacts))
	}
	file := h.Contacts[i].File
	text := read(t, file)
	for _, fact := range []string{"2020年7月14日から2021年3月まで", "株式会社ラック", "1件3時間まで"} {
		if !strings.Contains(text, fact) {
			t.Errorf("%s: %q is missing", file, fact)
		}
	}
}

// outside are the addresses that the content may send readers to: the ministry's, the terms of its
// material, the entrance to each vendor's own documentation, those of whom to ask and what to read,
// where leaks and phishing are reported, the pages of the frameworks, and those of makers that give a
// figure.
var outside = []string{
	"https://creativecommons.org/licenses/by/4.0/",
	"https://help.chatwork.com/hc/ja",
	"https://help.webex.com/ja-jp",
	"https://help.worksmobile.com/ja/",
	"https://learn.microsoft.com/graph/api/user-delete",
	"https://learn.microsoft.com/ja-jp/microsoft-365/",
	"https://learn.microsoft.com/ja-jp/microsoftteams/",
	"https://sme-security.ipa.go.jp/",
	"https://support.apple.com/ja-jp/iphone",
	"https://support.apple.com/ja-jp/mac",
	"https://support.google.com/a/",
	"https://support.google.com/a/answer/2993112",
	"https://support.google.com/a/answer/6052340",
	"https://support.google.com/a/answer/9565376",
	"https://support.google.com/android/",
	"https://support.microsoft.com/ja-jp/windows",
	"https://support.zoom.com/hc/ja",
	"https://telework.mhlw.go.jp/",
	"https://www.antiphishing.jp/registration.html",
	"https://www.cisecurity.org/controls",
	"https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
	"https://www.ipa.go.jp/security/10threats/10threats2026.html",
	"https://www.ipa.go.jp/security/guide/sme/5minutes.html",
	"https://www.ipa.go.jp/security/guide/sme/about.html",
	"https://www.ipa.go.jp/security/scs/index.html",
	"https://www.ipa.go.jp/security/scs/requirements-criteria.html",
	"https://www.ipa.go.jp/security/security-action/",
	"https://www.ipa.go.jp/security/sme/otasuketai-about.html",
	"https://www.ipa.go.jp/security/support/soudan.html",
	"https://www.jpcert.or.jp/form/",
	"https://www.jpcert.or.jp/ir/consult.html",
	"https://www.meti.go.jp/policy/netsecurity/otasuketai_jissho.html",
	"https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/koyou_roudou/roudoukijun/shigoto/guideline.html",
	"https://www.nist.gov/cyberframework",
	"https://www.npa.go.jp/bureau/cyber/soudan.html",
	"https://www.ppc.go.jp/all_faq_index/faq1-q6-11_/",
	"https://www.ppc.go.jp/personalinfo/legal/guidelines_tsusoku/",
	"https://www.ppc.go.jp/personalinfo/legal/leakAction/",
	"https://www.soumu.go.jp/main_sosiki/cybersecurity/telework/",
}

// TestOutside: nobody is sent to an address, a number or a mailbox that no source gives.
func TestOutside(t *testing.T) {
	for _, c := range []struct {
		what string
		form *regexp.Regexp
		want []string
	}{
		{"addresses of the web", regexp.MustCompile(`https?://[A-Za-z0-9][A-Za-z0-9./_?=&%#~-]*`), outside},
		{"mailboxes", regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`), []string{"cs-support@ipa.go.jp", "info@antiphishing.jp"}},
		{"telephone numbers", regexp.MustCompile(`(?:\+81|\b0\d{1,4})[-(（]\d{1,4}[-)）]\d{3,4}\b|\b0[1-9]\d{8,9}\b|\b0120-\d{6}\b|#\d{4}\b|1\d\d番`), []string{"#9110", "110番", "03-5978-7509", "0120-861009"}},
	} {
		places := map[string]string{}
		everyLine(t, func(place, line string) {
			for _, found := range c.form.FindAllString(line, -1) {
				places[found] = place
			}
		})
		for found, place := range places {
			if !slices.Contains(c.want, found) {
				t.Errorf("%s: got %s, want %s that a source gives", place, found, c.what)
			}
		}
		for _, want := range c.want {
			if places[want] == "" {
				t.Errorf("%s: got %s nowhere, want it, or a shorter list", c.what, want)
			}
		}
	}
}

// TestGuideProducts: the deck's three products, with their meetings and what is
// shared there, and the products that telework needs besides.
func TestGuideProducts(t *testing.T) {
	guides := map[string]*handbook.Guide{}
	for _, g := range edition(t).Guides {
		guides[g.Slug] = g
	}
	for slug, measures := range map[string][]string{
		"microsoft-teams": {"meeting-admission", "cloud-sharing"}, "webex": {"meeting-admission", "cloud-sharing"}, "zoom": {"meeting-admission", "cloud-sharing"},
		"windows": nil, "macos": nil, "iphone-ipad": nil, "android": nil, "home-router": nil,
		"microsoft-365": {"account-review", "cloud-sharing"}, "google-workspace": {"account-review", "cloud-sharing"},
	} {
		g := guides[slug]
		if g == nil {
			t.Errorf("no guide %s", slug)
			continue
		}
		for _, m := range measures {
			if !slices.Contains(g.MeasureSlugs, m) {
				t.Errorf("%s: got measures %q, want %s among them", g.File, g.MeasureSlugs, m)
			}
		}
		if g.VendorURL == "" && slug != "home-router" { // there are many makers of routers
			t.Errorf("%s: no page of the vendor", g.File)
		}
	}
}
