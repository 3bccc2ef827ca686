package words

// inGo are the words that Go itself needs, with the placeholders that it fills. All others stand in
// layouts, which say so themselves.
var inGo = map[string][]string{
	"common.home":                nil,
	"common.date":                {"year", "month", "day"},
	"common.month":               {"year", "month"},
	"common.title":               {"page", "site"},
	"common.count":               {"count"},
	"common.separator":           nil,
	"common.preparation":         nil,
	"common.preparation_meaning": nil,
	"common.method":              nil,
	"home.steps":                 nil,
	"home.choose_text":           nil,
	"home.show_text":             nil,
	"method.signs":               nil,
	"method.checklist":           nil,
	"checklist.counts":           {"mark", "count"},
	"checklist.title":            {"method"},
	"checklist.description":      {"method", "counts"},
	"status.todo":                nil,
	"status.doing":               nil,
	"status.done":                nil,
	"status.na":                  nil,
	"status.unknown":             nil,
	"store.hub_title":            nil,
	"store.hub_text":             nil,
	"workspace.erase":            nil,
	"workspace.erase_text":       nil,
	"files.save":                 nil,
	"files.save_text":            nil,
	"files.table":                nil,
	"files.table_text":           nil,
	"files.load":                 nil,
	"files.load_text":            nil,
	"share.heading":              nil,
	"share.text":                 nil,
	"measure.exception":          nil,
	"measure.methods":            nil,
	"measure.rule":               nil,
	"measure.handout":            nil,
	"measure.ask":                nil,
	"measure.owner_note":         {"owner"},
	"measure.origin":             nil,
	"threat.measures":            nil,
	"download.get":               nil,
	"download.hash":              nil,
	"download.readme":            nil,
	"glossary.groups":            nil,
	"survey.period":              nil,
	"survey.note":                nil,
	"survey.row":                 nil,
	"survey.value":               nil,
	"survey.percent":             {"value"},
	"survey.group_n":             nil,
	"survey.question_column":     nil,
	"survey.title_column":        nil,
	"survey.base_column":         nil,
	"survey.column":              nil,
	"about.origins":              nil,
	"search.pages":               nil,
	"withdrawn.title":            {"title"},
	"withdrawn.description":      {"title"},
}

func usesInGo() []Use {
	var uses []Use
	for key, names := range inGo {
		uses = append(uses, Use{Key: key, Names: names})
	}
	return uses
}
