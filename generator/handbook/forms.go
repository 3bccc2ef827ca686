package handbook

import "reflect"

// A Form is what the files of one name, or of one folder, are made of.
type Form struct {
	Name  string       // "handbook.toml", or "measures/"
	Type  reflect.Type // the struct with the fields
	Front bool         // the fields stand above a text
}

// Ending returns that of the files.
func (f Form) Ending() string {
	if f.Front {
		return ".md"
	}
	return ".toml"
}

// Forms returns the forms of all files that hold records.
func Forms() []Form {
	forms := []Form{
		{editionFile, reflect.TypeFor[Edition](), false},
		{flowFile, reflect.TypeFor[Flow](), false},
		{publishedFile, reflect.TypeFor[Published](), false},
		{searchFile, reflect.TypeFor[Synonyms](), false},
		{selfTestFile, reflect.TypeFor[SelfTest](), false},
		{leakFile, reflect.TypeFor[LeakReport](), false},
		{surveyFile, reflect.TypeFor[Survey](), false},
	}
	for _, k := range kinds {
		forms = append(forms, k.form)
	}
	return forms
}

// EachRecord calls use with a pointer to each record that a file holds.
func (h *Handbook) EachRecord(use func(record any)) {
	use(&h.Edition)
	use(&h.Flow)
	use(&h.published)
	use(&h.Synonyms)
	if h.SelfTest != nil {
		use(h.SelfTest)
	}
	if h.LeakReport != nil {
		use(h.LeakReport)
	}
	if h.Survey != nil {
		use(h.Survey)
	}
	for _, k := range kinds {
		k.each(h, use)
	}
}
