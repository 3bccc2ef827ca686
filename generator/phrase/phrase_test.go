package phrase

import (
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct{ language, text, want string }{
		{"ja", "今日は天気です。", "今日は|天気です。"}, // the example of BudouX's own README
		{"ja", "小さな会社のテレワークを、今日から安全に", "小さな|会社の|テレワークを、|今日から|安全に"},
		{"ja-JP", "事故が起きたときの連絡先", "事故が|起きた|ときの|連絡先"},
		{"ja", "企業組織向けサイバーセキュリティ相談窓口", "企業組織向け|サイバーセキュリティ|相談窓口"},
		{"ja", "サイバーセキュリティお助け隊サービス", "サイバーセキュリティお助け隊|サービス"},
		{"ja", "", ""},
		{"ja", "V", "V"},
		{"en", "Wash your hands", "Wash your hands"},
	} {
		if got := strings.Join(Split(test.language, test.text), "|"); got != test.want {
			t.Errorf("Split(%q, %q)\ngot  %s\nwant %s", test.language, test.text, got, test.want)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	for b.Loop() {
		Split("ja", "会社支給端末・会社非接続方式（クラウドサービス型）のチェックリスト")
	}
}
