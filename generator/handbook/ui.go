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
	Common     CommonWords     `toml:"common"`     // on many pages
	Footer     FooterWords     `toml:"footer"`     // at the end of every page
	Home       HomeWords       `toml:"home"`       // the start page
	Flow       FlowWords       `toml:"flow"`       // the flowchart
	Methods    MethodsWords    `toml:"methods"`    // the comparison of the methods
	Method     MethodWords     `toml:"method"`     // a method's page
	Checklist  ChecklistWords  `toml:"checklist"`  // a checklist
	Status     StatusWords     `toml:"status"`     // how far a measure is
	Answer     AnswerWords     `toml:"answer"`     // what a reader notes on a measure
	Saved      SavedWords      `toml:"saved"`      // what the browser keeps
	Store      StoreWords      `toml:"store"`      // the place where answers are kept
	Workspace  WorkspaceWords  `toml:"workspace"`  // the page of the companies
	Files      FilesWords      `toml:"files"`      // files that carry the answers
	Share      ShareWords      `toml:"share"`      // the read-only copy in a link
	Measures   MeasuresWords   `toml:"measures"`   // the list of measures
	Measure    MeasureWords    `toml:"measure"`    // a measure's page
	Threats    ThreatsWords    `toml:"threats"`    // the list of threats
	Threat     ThreatWords     `toml:"threat"`     // a threat's page
	Matrix     MatrixWords     `toml:"matrix"`     // the table of measures, threats and methods
	Changes    ChangesWords    `toml:"changes"`    // the history
	Download   DownloadWords   `toml:"download"`   // the download page and the zip
	Guides     GuidesWords     `toml:"guides"`     // the list of guides
	Guide      GuideWords      `toml:"guide"`      // a guide's page
	Glossary   GlossaryWords   `toml:"glossary"`   // the glossary and the terms of a page
	Survey     SurveyWords     `toml:"survey"`     // the survey
	Contacts   ContactsWords   `toml:"contacts"`   // the contacts
	References ReferencesWords `toml:"references"` // the references
	Lifecycles LifecyclesWords `toml:"lifecycles"` // the ends of support
	About      AboutWords      `toml:"about"`      // the page about the site
	SelfTest   SelfTestWords   `toml:"selftest"`   // the self-test
	Search     SearchWords     `toml:"search"`     // the search
	Withdrawn  WithdrawnWords  `toml:"withdrawn"`  // the page that stands for a withdrawn record
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
	Month              string `toml:"month" fill:"year,month"`
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

// FooterWords are the words at the end of every page.
type FooterWords struct {
	Navigation     string `toml:"navigation"`
	Edition        string `toml:"edition" fill:"publisher,title,edition,published,maker"`
	Original       string `toml:"original" fill:"publisher"`
	Reviewed       string `toml:"reviewed"`
	EditionHeading string `toml:"edition_heading"`
	Help           string `toml:"help"`
}

// HomeWords are the words of the start page.
type HomeWords struct {
	Start       string `toml:"start"`
	StartNote   string `toml:"start_note" fill:"count"`
	Resume      string `toml:"resume" fill:"method"`
	ResumeAll   string `toml:"resume_all"`
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
	Diagram  string `toml:"diagram"`
	Text     string `toml:"text"`
	TextLead string `toml:"text_lead"`
	Question string `toml:"question" fill:"count"`
	Unsure   string `toml:"unsure"`
	Why      string `toml:"why"`
	End      string `toml:"end" fill:"method"`
	GoesTo   string `toml:"goes_to"`

	Missing     string `toml:"missing"`
	Next        string `toml:"next"`
	Back        string `toml:"back"`
	Restart     string `toml:"restart"`
	Answers     string `toml:"answers"`
	Change      string `toml:"change"`
	ChangeOf    string `toml:"change_of" fill:"question"`
	Taken       string `toml:"taken"`
	Fault       string `toml:"fault"`
	Unknown     string `toml:"unknown"`
	Twice       string `toml:"twice"`
	Gap         string `toml:"gap"`
	Unused      string `toml:"unused"`
	Result      string `toml:"result"`
	Because     string `toml:"because" fill:"answers"`
	Quote       string `toml:"quote" fill:"answer"`
	Company     string `toml:"company"`
	CompanyText string `toml:"company_text"`
	CompanyNone string `toml:"company_none" fill:"company"`
	CompanyHas  string `toml:"company_has" fill:"company,methods"`
	Add         string `toml:"add"`
	Added       string `toml:"added" fill:"company"`
	Address     string `toml:"address"`
	AddressText string `toml:"address_text"`
	Copy        string `toml:"copy"`
	Copied      string `toml:"copied"`
	CopyFailed  string `toml:"copy_failed"`
	Embedded    string `toml:"embedded" fill:"page"`
	NewTab      string `toml:"new_tab"`
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
}

// ChecklistWords are the words of a checklist.
type ChecklistWords struct {
	Counts       string `toml:"counts" fill:"mark,count"`
	Title        string `toml:"title" fill:"method"`
	Description  string `toml:"description" fill:"method,counts"`
	AboutMethod  string `toml:"about_method" fill:"method"`
	Number       string `toml:"number"`
	Measure      string `toml:"measure"`
	Done         string `toml:"done"`
	Memo         string `toml:"memo"`
	Company      string `toml:"company"`
	Date         string `toml:"date"`
	Person       string `toml:"person"`
	Edition      string `toml:"edition"`
	Why          string `toml:"why"`
	How          string `toml:"how"`
	Guides       string `toml:"guides"`
	Exception    string `toml:"exception"`
	Jump         string `toml:"jump"`
	Origin       string `toml:"origin"`
	OriginLink   string `toml:"origin_link"`
	UsedBy       string `toml:"used_by"`
	Used         string `toml:"used"`
	Progress     string `toml:"progress" fill:"group,total,done"`
	ProgressNA   string `toml:"progress_na" fill:"group,total,done,na"`
	ProgressNone string `toml:"progress_none" fill:"group,na"`
	Filter       string `toml:"filter"`
	OpenOnly     string `toml:"open_only"`
	OverdueOnly  string `toml:"overdue_only"`
	All          string `toml:"all"`
	Shown        string `toml:"shown" fill:"total,count"`
	Clear        string `toml:"clear"`
	GroupHidden  string `toml:"group_hidden"`
	Expand       string `toml:"expand"`
	Collapse     string `toml:"collapse"`
	NextOpen     string `toml:"next_open"`
	NoneOpen     string `toml:"none_open"`
	PrintState   string `toml:"print_state"`
	PrintBlank   string `toml:"print_blank"`
	Print        string `toml:"print"`
	End          string `toml:"end"`
	EndPrint     string `toml:"end_print"`
	EndWorkspace string `toml:"end_workspace"`
	EndContacts  string `toml:"end_contacts"`
}

// StatusWords are the words of how far a measure is.
type StatusWords struct {
	Todo    string `toml:"todo"`
	Doing   string `toml:"doing"`
	Done    string `toml:"done"`
	NA      string `toml:"na"`
	Unknown string `toml:"unknown"`
}

// AnswerWords are the words of what a reader notes on a measure.
type AnswerWords struct {
	Heading    string `toml:"heading"`
	Lead       string `toml:"lead"`
	Legend     string `toml:"legend" fill:"title"`
	Changed    string `toml:"changed"`
	Before     string `toml:"before"`
	Now        string `toml:"now"`
	Confirm    string `toml:"confirm"`
	Reason     string `toml:"reason"`
	ReasonHint string `toml:"reason_hint"`
	Exception  string `toml:"exception" fill:"exception"`
	Ask        string `toml:"ask"`
	Copy       string `toml:"copy"`
	Copied     string `toml:"copied"`
	CopyFailed string `toml:"copy_failed"`
	More       string `toml:"more"`
	Note       string `toml:"note"`
	Owner      string `toml:"owner"`
	Due        string `toml:"due"`
	Checked    string `toml:"checked"`
	Overdue    string `toml:"overdue"`
	Of         string `toml:"of" fill:"title"`
}

// SavedWords are the words of what the browser keeps.
type SavedWords struct {
	Saving           string `toml:"saving"`
	Saved            string `toml:"saved" fill:"time"`
	Ready            string `toml:"ready"`
	Memory           string `toml:"memory"`
	MemoryText       string `toml:"memory_text"`
	Keep             string `toml:"keep"`
	PageOnly         string `toml:"page_only"`
	PageOnlyText     string `toml:"page_only_text"`
	Full             string `toml:"full"`
	FullText         string `toml:"full_text"`
	Unreadable       string `toml:"unreadable"`
	UnreadableText   string `toml:"unreadable_text"`
	UnreadableGet    string `toml:"unreadable_get"`
	UnreadableForget string `toml:"unreadable_forget"`
	UnreadableFile   string `toml:"unreadable_file"`
	NewerFormat      string `toml:"newer_format"`
	NewerFormatText  string `toml:"newer_format_text"`
}

// StoreWords are the words of the place where answers are kept.
type StoreWords struct {
	Company  string `toml:"company"`
	HubTitle string `toml:"hub_title"`
	HubText  string `toml:"hub_text"`
}

// WorkspaceWords are the words of the page of the companies.
type WorkspaceWords struct {
	PlainTitle        string `toml:"plain_title"`
	Plain             string `toml:"plain"`
	Checklists        string `toml:"checklists"`
	Companies         string `toml:"companies"`
	Empty             string `toml:"empty"`
	Current           string `toml:"current"`
	Changed           string `toml:"changed" fill:"date"`
	Unchanged         string `toml:"unchanged"`
	SameName          string `toml:"same_name" fill:"name,count"`
	NoMethod          string `toml:"no_method"`
	ChooseMethods     string `toml:"choose_methods"`
	ChooseMethodsHint string `toml:"choose_methods_hint"`
	Switch            string `toml:"switch"`
	Switched          string `toml:"switched" fill:"name"`
	Rename            string `toml:"rename"`
	RenameButton      string `toml:"rename_button"`
	Renamed           string `toml:"renamed" fill:"name"`
	Name              string `toml:"name"`
	NameEmpty         string `toml:"name_empty"`
	Cancel            string `toml:"cancel"`
	Delete            string `toml:"delete"`
	Deleted           string `toml:"deleted" fill:"name"`
	Undo              string `toml:"undo"`
	Restored          string `toml:"restored" fill:"name"`
	Add               string `toml:"add"`
	AddHint           string `toml:"add_hint"`
	AddButton         string `toml:"add_button"`
	Added             string `toml:"added" fill:"name"`
	Erase             string `toml:"erase"`
	EraseText         string `toml:"erase_text"`
	EraseButton       string `toml:"erase_button"`
	Erased            string `toml:"erased"`
	AllRestored       string `toml:"all_restored"`
	Remind            string `toml:"remind" fill:"count,days"`
	RemindFirst       string `toml:"remind_first"`
	RemindSave        string `toml:"remind_save"`
	RemindLater       string `toml:"remind_later"`
}

// FilesWords are the words of files that carry the answers.
type FilesWords struct {
	Save                 string `toml:"save"`
	SaveText             string `toml:"save_text"`
	File                 string `toml:"file"`
	Name                 string `toml:"name" fill:"date"`
	NameOne              string `toml:"name_one" fill:"company,date"`
	NameTable            string `toml:"name_table" fill:"company,method,date"`
	Company              string `toml:"company"`
	All                  string `toml:"all"`
	Lock                 string `toml:"lock"`
	LockHint             string `toml:"lock_hint"`
	Passphrase           string `toml:"passphrase"`
	PassphraseHint       string `toml:"passphrase_hint"`
	Again                string `toml:"again"`
	PassphraseShort      string `toml:"passphrase_short"`
	PassphraseDiffers    string `toml:"passphrase_differs"`
	Unlockable           string `toml:"unlockable"`
	Warning              string `toml:"warning"`
	SaveButton           string `toml:"save_button"`
	Saved                string `toml:"saved" fill:"name"`
	Table                string `toml:"table"`
	TableText            string `toml:"table_text"`
	TableWarning         string `toml:"table_warning"`
	TableButton          string `toml:"table_button"`
	Load                 string `toml:"load"`
	LoadText             string `toml:"load_text"`
	Pick                 string `toml:"pick"`
	PickHint             string `toml:"pick_hint"`
	FaultEmpty           string `toml:"fault_empty"`
	FaultNotJSON         string `toml:"fault_not_json"`
	FaultWrongType       string `toml:"fault_wrong_type" fill:"place"`
	FaultNewerFormat     string `toml:"fault_newer_format"`
	FaultTooBig          string `toml:"fault_too_big"`
	FaultTooDeep         string `toml:"fault_too_deep"`
	FaultBadEncoding     string `toml:"fault_bad_encoding"`
	FaultWrongPassphrase string `toml:"fault_wrong_passphrase"`
	FaultSeveral         string `toml:"fault_several"`
	Locked               string `toml:"locked" fill:"name"`
	Unlock               string `toml:"unlock"`
	Preview              string `toml:"preview" fill:"name"`
	PreviewText          string `toml:"preview_text"`
	Every                string `toml:"every"`
	EveryOwn             string `toml:"every_own"`
	Mine                 string `toml:"mine"`
	Theirs               string `toml:"theirs"`
	Both                 string `toml:"both"`
	TakeMine             string `toml:"take_mine"`
	TakeTheirs           string `toml:"take_theirs"`
	Take                 string `toml:"take"`
	TakeOf               string `toml:"take_of" fill:"title"`
	Skip                 string `toml:"skip"`
	Accept               string `toml:"accept"`
	CompanyRow           string `toml:"company_row"`
	UnknownMeasure       string `toml:"unknown_measure" fill:"name"`
	Target               string `toml:"target"`
	TargetNew            string `toml:"target_new"`
	TargetKnown          string `toml:"target_known" fill:"name"`
	TargetSkip           string `toml:"target_skip"`
	CountNone            string `toml:"count_none"`
	CountTheirsOnly      string `toml:"count_theirs_only" fill:"count"`
	CountNewerTheirs     string `toml:"count_newer_theirs" fill:"count"`
	CountNewerMine       string `toml:"count_newer_mine" fill:"count"`
	CountConflict        string `toml:"count_conflict" fill:"count"`
	CountSame            string `toml:"count_same" fill:"count"`
	CountMineOnly        string `toml:"count_mine_only" fill:"count"`
	NoAnswer             string `toml:"no_answer"`
	KindTheirsOnly       string `toml:"kind_theirs_only"`
	KindNewerTheirs      string `toml:"kind_newer_theirs"`
	KindNewerMine        string `toml:"kind_newer_mine"`
	KindConflict         string `toml:"kind_conflict"`
	Apply                string `toml:"apply"`
	Loaded               string `toml:"loaded" fill:"count"`
	Nothing              string `toml:"nothing"`
	Undone               string `toml:"undone"`
}

// ShareWords are the words of the read-only copy in a link.
type ShareWords struct {
	Heading    string `toml:"heading"`
	Text       string `toml:"text"`
	Company    string `toml:"company"`
	Notes      string `toml:"notes"`
	NotesHint  string `toml:"notes_hint"`
	Warning    string `toml:"warning"`
	Make       string `toml:"make"`
	Made       string `toml:"made" fill:"count"`
	TooBig     string `toml:"too_big"`
	Link       string `toml:"link"`
	LocalLink  string `toml:"local_link"`
	Copy       string `toml:"copy"`
	Copied     string `toml:"copied"`
	CopyFailed string `toml:"copy_failed"`
	CopyTitle  string `toml:"copy_title"`
	CopyText   string `toml:"copy_text"`
	CopyMade   string `toml:"copy_made" fill:"date"`
	Own        string `toml:"own"`
	Status     string `toml:"status"`
	Broken     string `toml:"broken"`
	BrokenText string `toml:"broken_text"`
}

// MeasuresWords are the words of the list of measures.
type MeasuresWords struct {
	MethodsCount string `toml:"methods_count" fill:"count"`
}

// MeasureWords are the words of a measure's page.
type MeasureWords struct {
	Checklists  string `toml:"checklists"`
	Check       string `toml:"check"`
	Exception   string `toml:"exception"`
	Guides      string `toml:"guides"`
	Effort      string `toml:"effort"`
	Time        string `toml:"time"`
	Cost        string `toml:"cost"`
	Who         string `toml:"who"`
	Methods     string `toml:"methods"`
	EveryMethod string `toml:"every_method"`
	NotListed   string `toml:"not_listed"`
	Threats     string `toml:"threats"`
	Rule        string `toml:"rule"`
	RuleNote    string `toml:"rule_note"`
	Handout     string `toml:"handout"`
	Ask         string `toml:"ask"`
	OwnerNote   string `toml:"owner_note" fill:"owner"`
	Origin      string `toml:"origin"`
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

// GuidesWords are the words of the list of guides.
type GuidesWords struct {
	Measures  string `toml:"measures"`
	ByMeasure string `toml:"by_measure"`
	Measure   string `toml:"measure"`
	Products  string `toml:"products"`
}

// GuideWords are the words of a guide's page.
type GuideWords struct {
	Version  string `toml:"version"`
	Checked  string `toml:"checked"`
	Vendor   string `toml:"vendor"`
	Measures string `toml:"measures"`
}

// GlossaryWords are the words of the glossary and of the terms on a page.
type GlossaryWords struct {
	Letters string `toml:"letters"`
	Groups  string `toml:"groups"` // apart by spaces; each begins with its first letter
	Aliases string `toml:"aliases"`
	Here    string `toml:"here"`
	More    string `toml:"more"`
	Close   string `toml:"close"`
}

// SurveyWords are the words of the survey.
type SurveyWords struct {
	Period         string `toml:"period"`
	Method         string `toml:"method"`
	Answered       string `toml:"answered"`
	AnsweredText   string `toml:"answered_text" fill:"sent,answered,telework"`
	Report         string `toml:"report"`
	Base           string `toml:"base" fill:"base,n"`
	Asked          string `toml:"asked" fill:"from,to"`
	Note           string `toml:"note"`
	Row            string `toml:"row"`
	Value          string `toml:"value"`
	Percent        string `toml:"percent" fill:"value"`
	GroupN         string `toml:"group_n"`
	Multiple       string `toml:"multiple"`
	Single         string `toml:"single"`
	Drawing        string `toml:"drawing"`
	Questions      string `toml:"questions"`
	Charts         string `toml:"charts"`
	Download       string `toml:"download"`
	Table          string `toml:"table"`
	QuestionColumn string `toml:"question_column"`
	TitleColumn    string `toml:"title_column"`
	BaseColumn     string `toml:"base_column"`
	Column         string `toml:"column"`
	Related        string `toml:"related"`
}

// ContactsWords are the words of the contacts.
type ContactsWords struct {
	Organisation string `toml:"organisation"`
	How          string `toml:"how"`
	Checked      string `toml:"checked"`
	Ended        string `toml:"ended"`
	EndedOn      string `toml:"ended_on"`
	Site         string `toml:"site"`
}

// ReferencesWords are the words of the references.
type ReferencesWords struct {
	Publisher string `toml:"publisher"`
	Checked   string `toml:"checked"`
}

// LifecyclesWords are the words of the ends of support.
type LifecyclesWords struct {
	Product string `toml:"product"`
	End     string `toml:"end"`
	Todo    string `toml:"todo"`
	Checked string `toml:"checked"`
	Past    string `toml:"past"`
	Near    string `toml:"near" fill:"days"`
	Soon    string `toml:"soon"`
	Fine    string `toml:"fine"`
}

// AboutWords are the words of the page about the site.
type AboutWords struct {
	Origins string `toml:"origins"`
}

// SelfTestWords are the words of the self-test.
type SelfTestWords struct {
	Yes     string `toml:"yes"`
	No      string `toml:"no"`
	Reading string `toml:"reading"`
	Left    string `toml:"left" fill:"count"`
	Result  string `toml:"result" fill:"result"`
	Clear   string `toml:"clear"`
}

// SearchWords are the words of the search.
type SearchWords struct {
	Label       string `toml:"label"`
	Placeholder string `toml:"placeholder"`
	Button      string `toml:"button"`
	Open        string `toml:"open"`
	Pages       string `toml:"pages"`
	Results     string `toml:"results"`
	Loading     string `toml:"loading"`
	Failed      string `toml:"failed"`
	Count       string `toml:"count" fill:"count"`
	More        string `toml:"more" fill:"count"`
	Every       string `toml:"every"`
	Filter      string `toml:"filter"`
	None        string `toml:"none" fill:"query"`
	NoneHint    string `toml:"none_hint"`
	Near        string `toml:"near"`
	Ask         string `toml:"ask"`
	ListLink    string `toml:"list_link"`
	Path        string `toml:"path" fill:"kind,heading"`
	Slash       string `toml:"slash"`
	Plain       string `toml:"plain"`
	List        string `toml:"list"`
	ListText    string `toml:"list_text"`
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
			var allowed []string
			if fill := tag.Get("fill"); fill != "" {
				allowed = strings.Split(fill, ",")
			}
			for _, match := range placeholder.FindAllStringSubmatch(group.Field(j).String(), -1) {
				if !slices.Contains(allowed, match[1]) {
					field := section + "." + tag.Get("toml")
					problems = append(problems, h.UI.problem(field, "項目 %q に {%s} は使えません%s", field, match[1], placeholders(allowed)))
				}
			}
		}
	}
	return problems
}

func placeholders(names []string) string {
	if len(names) == 0 {
		return "（{ } のない文にしてください）"
	}
	return "（使えるのは {" + strings.Join(names, "}、{") + "}）"
}
