package handbook

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// UI holds every word of the interface (ui.toml), by the page it stands on.
// The tag fill names the placeholders, such as {count}, that a text may hold.
type UI struct {
	Record
	Common    CommonWords    `toml:"common"`    // on many pages
	Footer    FooterWords    `toml:"footer"`    // at the end of every page
	Home      HomeWords      `toml:"home"`      // the start page
	Flow      FlowWords      `toml:"flow"`      // the flowchart
	Methods   MethodsWords   `toml:"methods"`   // the comparison of the methods
	Method    MethodWords    `toml:"method"`    // a method's page
	Checklist ChecklistWords `toml:"checklist"` // a checklist
	Measures  MeasuresWords  `toml:"measures"`  // the list of measures
	Measure   MeasureWords   `toml:"measure"`   // a measure's page
	Threats   ThreatsWords   `toml:"threats"`   // the list of threats
	Threat    ThreatWords    `toml:"threat"`    // a threat's page
	Matrix    MatrixWords    `toml:"matrix"`    // the table of measures, threats and methods
	Changes   ChangesWords   `toml:"changes"`   // the history
	Download  DownloadWords  `toml:"download"`  // the download page and the zip
	Withdrawn WithdrawnWords `toml:"withdrawn"` // the page that stands for a withdrawn record
}

// CommonWords are the words of every page.
type CommonWords struct {
	Skip               string `toml:"skip"`
	Navigation         string `toml:"navigation"`
	Menu               string `toml:"menu"`
	Home               string `toml:"home"`
	Breadcrumb         string `toml:"breadcrumb"`
	Previous           string `toml:"previous"`
	Next               string `toml:"next"`
	Pager              string `toml:"pager"`
	Date               string `toml:"date" fill:"year,month,day"`
	Title              string `toml:"title" fill:"page,site"`
	Count              string `toml:"count" fill:"count"`
	Separator          string `toml:"separator"`
	Preparation        string `toml:"preparation"`
	PreparationMeaning string `toml:"preparation_meaning"`
	Priority           string `toml:"priority"`
	Threats            string `toml:"threats"`
	Category           string `toml:"category"`
	Method             string `toml:"method"`
	Measure            string `toml:"measure"`
	Print              string `toml:"print"`
	Contents           string `toml:"contents"`
	ExtractFirst       string `toml:"extract_first"`
}

// FooterWords are the words of at the end of every page.
type FooterWords struct {
	Navigation     string `toml:"navigation"`
	Edition        string `toml:"edition" fill:"publisher,title,edition,published,maker"`
	Original       string `toml:"original" fill:"publisher"`
	Reviewed       string `toml:"reviewed"`
	EditionHeading string `toml:"edition_heading"`
}

// HomeWords are the words of the start page.
type HomeWords struct {
	Start       string `toml:"start"`
	StartNote   string `toml:"start_note" fill:"count"`
	Known       string `toml:"known"`
	Steps       string `toml:"steps"`
	Choose      string `toml:"choose"`
	ChooseText  string `toml:"choose_text"`
	Do          string `toml:"do"`
	DoText      string `toml:"do_text" fill:"mark"`
	Show        string `toml:"show"`
	ShowText    string `toml:"show_text"`
	Methods     string `toml:"methods" fill:"count"`
	MethodsText string `toml:"methods_text"`
	Owner       string `toml:"owner"`
	Threats     string `toml:"threats"`
	ThreatsText string `toml:"threats_text" fill:"count"`
}

// FlowWords are the words of the flowchart.
type FlowWords struct {
	Diagram   string `toml:"diagram"`
	Text      string `toml:"text"`
	TextLead  string `toml:"text_lead"`
	Question  string `toml:"question"`
	Unsure    string `toml:"unsure"`
	Why       string `toml:"why"`
	Questions string `toml:"questions"`
	End       string `toml:"end" fill:"method"`
	GoesTo    string `toml:"goes_to"`
}

// MethodsWords are the words of the comparison of the methods.
type MethodsWords struct {
	Compare   string `toml:"compare"`
	Owner     string `toml:"owner"`
	Access    string `toml:"access"`
	Summary   string `toml:"summary"`
	Checklist string `toml:"checklist"`
}

// MethodWords are the words of a method's page.
type MethodWords struct {
	Signs     string `toml:"signs"`
	Path      string `toml:"path"`
	Checklist string `toml:"checklist"`
	Open      string `toml:"open" fill:"method"`
	Counts    string `toml:"counts"`
}

// ChecklistWords are the words of a checklist.
type ChecklistWords struct {
	Title       string `toml:"title" fill:"method"`
	Description string `toml:"description" fill:"method,counts"`
	AboutMethod string `toml:"about_method" fill:"method"`
	Number      string `toml:"number"`
	Measure     string `toml:"measure"`
	Done        string `toml:"done"`
	Memo        string `toml:"memo"`
	Company     string `toml:"company"`
	Date        string `toml:"date"`
	Person      string `toml:"person"`
	Edition     string `toml:"edition"`
	Why         string `toml:"why"`
	How         string `toml:"how"`
	Exception   string `toml:"exception"`
	Jump        string `toml:"jump"`
	Origin      string `toml:"origin"`
	OriginLink  string `toml:"origin_link"`
}

// MeasuresWords are the words of the list of measures.
type MeasuresWords struct {
	MethodsCount string `toml:"methods_count" fill:"count"`
}

// MeasureWords are the words of a measure's page.
type MeasureWords struct {
	Check         string `toml:"check"`
	Exception     string `toml:"exception"`
	Effort        string `toml:"effort"`
	Time          string `toml:"time"`
	Cost          string `toml:"cost"`
	Who           string `toml:"who"`
	Methods       string `toml:"methods"`
	EveryMethod   string `toml:"every_method"`
	NotListed     string `toml:"not_listed"`
	Threats       string `toml:"threats"`
	Rule          string `toml:"rule"`
	RuleNote      string `toml:"rule_note"`
	Handout       string `toml:"handout"`
	Ask           string `toml:"ask"`
	EmployeeOwned string `toml:"employee_owned"`
	Origin        string `toml:"origin"`
}

// ThreatsWords are the words of the list of threats.
type ThreatsWords struct {
	Measures string `toml:"measures"`
}

// ThreatWords are the words of a threat's page.
type ThreatWords struct {
	Measures string `toml:"measures"`
}

// MatrixWords are the words of the table of measures, threats and methods.
type MatrixWords struct {
	Caption         string `toml:"caption"`
	Yes             string `toml:"yes"`
	No              string `toml:"no"`
	Legend          string `toml:"legend"`
	ThreatMark      string `toml:"threat_mark"`
	PreparationMark string `toml:"preparation_mark"`
	Scroll          string `toml:"scroll"`
}

// ChangesWords are the words of the history.
type ChangesWords struct {
	Empty string `toml:"empty"`
}

// DownloadWords are the words of the download page and the zip.
type DownloadWords struct {
	Get    string `toml:"get"`
	Size   string `toml:"size"`
	Hash   string `toml:"hash"`
	Pages  string `toml:"pages"`
	Inside string `toml:"inside"`
	Readme string `toml:"readme"`
}

// WithdrawnWords are the words of the page that stands for a withdrawn record.
type WithdrawnWords struct {
	Title       string `toml:"title" fill:"title"`
	Description string `toml:"description" fill:"title"`
	Date        string `toml:"date"`
	Reason      string `toml:"reason"`
	Successors  string `toml:"successors"`
}

// placeholder is a name in braces within a text of the interface.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// checkWords reports placeholders that nothing would fill in.
func (h *Handbook) checkWords() []Problem {
	var problems []Problem
	ui := reflect.ValueOf(h.UI)
	for i := range ui.NumField() {
		group := ui.Field(i)
		if group.Type() == recordType {
			continue
		}
		section := ui.Type().Field(i).Tag.Get("toml")
		for j := range group.NumField() {
			tag := group.Type().Field(j).Tag
			allowed := strings.Split(tag.Get("fill"), ",")
			for _, match := range placeholder.FindAllStringSubmatch(group.Field(j).String(), -1) {
				if !slices.Contains(allowed, match[1]) {
					field := section + "." + tag.Get("toml")
					problems = append(problems, h.UI.problem(field, "項目 %q に {%s} は使えません（使えるのは %s）", field, match[1], placeholders(allowed)))
				}
			}
		}
	}
	return problems
}

func placeholders(names []string) string {
	if names[0] == "" {
		return "文字だけ"
	}
	return "{" + strings.Join(names, "}、{") + "}"
}
