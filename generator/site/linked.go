package site

import ()

// What the data are, and the glossary, as JSON-LD in the vocabulary of schema.org: who made them, what
// they follow, how they may be used, and where they lie.
//
// Pages say what search engines want to know of them, the way to a page, the terms, the steps of an
// emergency, in attributes (microdata) of what they show. The same as JSON-LD would stand in a script
// element, which is never run, but which neither those who look for scripts in a page nor our own
// tests can tell from one that is; and it would say everything twice.

const linkedAddress = dataFolder + "/handbook.jsonld"

// linkedContext says which names are addresses. There is nothing to be fetched for it.
var linkedContext = map[string]any{
	"@vocab":           "https://schema.org/",
	"contentUrl":       map[string]string{"@type": "@id"},
	"license":          map[string]string{"@type": "@id"},
	"usageInfo":        map[string]string{"@type": "@id"},
	"url":              map[string]string{"@type": "@id"},
	"inDefinedTermSet": map[string]string{"@type": "@id"},
}

type linkedGraph struct {
	Context map[string]any `json:"@context"`
	Graph   []any          `json:"@graph"`
}

type linkedDataset struct {
	Type         string           `json:"@type"`
	ID           string           `json:"@id"`
	Name         string           `json:"name"`
	Description  string           `json:"description"`
	Language     string           `json:"inLanguage"`
	Version      string           `json:"version,omitempty"`
	Modified     string           `json:"dateModified,omitempty"`
	Period       string           `json:"temporalCoverage,omitempty"`
	Creator      *linkedThing     `json:"creator,omitempty"`
	License      string           `json:"license,omitempty"`
	Notice       string           `json:"copyrightNotice,omitempty"`
	BasedOn      []linkedWork     `json:"isBasedOn"`
	Distribution []linkedDownload `json:"distribution"`
}

type linkedThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type linkedWork struct {
	Type      string       `json:"@type"`
	Name      string       `json:"name"`
	Version   string       `json:"version,omitempty"`
	Publisher *linkedThing `json:"publisher,omitempty"`
	Published string       `json:"datePublished,omitempty"` // where the day is known
	URL       string       `json:"url,omitempty"`
	UsageInfo string       `json:"usageInfo,omitempty"`
}

type linkedDownload struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	URL    string `json:"contentUrl"`
	Format string `json:"encodingFormat"`
}

type linkedTermSet struct {
	Type  string       `json:"@type"`
	ID    string       `json:"@id"`
	Name  string       `json:"name"`
	Terms []linkedTerm `json:"hasDefinedTerm"`
}

type linkedTerm struct {
	Type        string   `json:"@type"`
	ID          string   `json:"@id"`
	Code        string   `json:"termCode"`
	Name        string   `json:"name"`
	Aliases     []string `json:"alternateName,omitempty"`
	Description string   `json:"description"`
	Set         string   `json:"inDefinedTermSet"`
}

// linkedData describes the files beside it. Addresses are relative to its own.
func (b *builder) linkedData(w Writer) error {
	h := b.Handbook
	up := root(linkedAddress)
	graph := linkedGraph{linkedContext, []any{&linkedDataset{
		Type: "Dataset", ID: up + handbookAddress, Name: b.words.Text("common.title", "page", h.Title, "site", h.Tagline), Description: b.Statement(),
		Language: h.Language, Version: isoDate(b.versionDay()), Modified: isoDate(newer(h.Reviewed, newest(h.Measures, measureDate))), Creator: &linkedThing{"Organization", h.Maker},
		License: h.LicenceURL, Notice: h.Licence,
		BasedOn:      b.works(b.sources()),
		Distribution: b.downloads(up, b.dataFiles()),
	}}}
	if s := h.Survey; s != nil {
		graph.Graph = append(graph.Graph, &linkedDataset{
			Type: "Dataset", ID: up + surveyAddress, Name: s.Title, Description: s.Caution, Language: h.Language,
			Period: isoDate(s.From) + "/" + isoDate(s.To), BasedOn: b.works(b.surveySources()),
			Distribution: b.downloads(up, b.surveyFiles()),
		})
	}
	if page := h.Page(glossaryKind.slug); page != nil {
		set := &linkedTermSet{"DefinedTermSet", up + pageAddress(page), page.Title, []linkedTerm{}}
		for _, t := range h.Terms {
			set.Terms = append(set.Terms, linkedTerm{"DefinedTerm", up + termAddress(t), t.Slug, t.Term, t.Aliases, plainText(t), set.ID})
		}
		graph.Graph = append(graph.Graph, set)
	}
	return writeJSON(w, graph)
}

// works are sources in the vocabulary.
func (b *builder) works(sources []dataSource) []linkedWork {
	works := make([]linkedWork, len(sources))
	for i, s := range sources {
		works[i] = linkedWork{"CreativeWork", s.Title, s.Edition, &linkedThing{"Organization", s.Publisher}, "", s.URL, s.TermsURL}
		if s.Reference == "" { // what the handbook follows
			works[i].Published = isoDate(b.Handbook.Original.Published)
		}
	}
	return works
}

func (b *builder) downloads(up string, files []dataFile) []linkedDownload {
	downloads := make([]linkedDownload, len(files))
	for i, file := range files {
		downloads[i] = linkedDownload{"DataDownload", file.Name, up + file.Address, file.Format}
	}
	return downloads
}
