package words

import (
	"errors"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template/parse"
)

// show executes a layout, whose words are replaced, with data.
func show(t *testing.T, w *Words, layout string, data any) string {
	t.Helper()
	functions := template.FuncMap{"loud": strings.ToUpper}
	tree, err := template.New("a.html").Funcs(Functions).Funcs(functions).Parse(layout)
	if err != nil {
		t.Fatalf("%s: %v", layout, err)
	}
	for _, part := range tree.Templates() {
		if err := w.Replace(part.Tree); err != nil {
			t.Fatalf("%s: %v", layout, err)
		}
	}
	var out strings.Builder
	if err := tree.Execute(&out, data); err != nil {
		t.Fatalf("%s: %v", layout, err)
	}
	return out.String()
}

func TestReplace(t *testing.T) {
	w := &Words{texts: map[string]string{
		"a.plain":  `<b> & "c" 'd'`,
		"a.filled": "{x} of <{y}>",
		"a.same":   "{x}{x}",
		"a.braces": "{x} {z}",
	}}
	data := map[string]any{"X": "<1>", "Y": 2, "Brace": "{y}"}
	const plain = "&lt;b&gt; &amp; &#34;c&#34; &#39;d&#39;"
	for _, c := range []struct{ rule, layout, want string }{
		{"text", `<p>{{word "a.plain"}}</p>`, "<p>" + plain + "</p>"},
		{"attribute", `<p title="{{word "a.plain"}}"></p>`, `<p title="` + plain + `"></p>`},
		{"title", `<title>{{word "a.plain"}}</title>`, "<title>" + plain + "</title>"},
		{"values are escaped for their place", `<a href="{{.X}}" title='{{word "a.filled" "x" .X "y" .Y}}'>`, `<a href="%3c1%3e" title='&lt;1&gt; of &lt;2&gt;'>`},
		{"a value that is worked out", `{{word "a.filled" "x" (print .X .Y) "y" 1}}`, "&lt;1&gt;2 of &lt;1&gt;"},
		{"a value is not filled in again", `{{word "a.filled" "x" .Brace "y" 1}}`, "{y} of &lt;1&gt;"},
		{"a value that stands twice", `{{word "a.same" "x" .Y}}`, "22"},
		{"braces that are no placeholder of this place", `{{word "a.braces" "x" .Y}}`, "2 {z}"},
		{"a word as a value", `{{word "a.same" "x" (word "a.braces" "x" "+")}}`, "&#43; {z}&#43; {z}"},
		{"a pattern keeps its placeholders", `<p data-x="{{pattern "a.filled" "x" "y"}}">`, `<p data-x="{x} of &lt;{y}&gt;">`},
		{"an argument", `{{loud (word "a.plain")}}`, "&lt;B&gt; &amp; &#34;C&#34; &#39;D&#39;"},
		{"an argument with values", `{{loud (word "a.filled" "x" "a" "y" .Y)}}`, "A OF &lt;2&gt;"},
		{"an argument that is a pattern", `{{loud (pattern "a.same" "x")}}`, "{X}{X}"},
		{"a pipe", `{{word "a.same" "x" "a" | loud}}`, "AA"},
		{"a variable", `{{$w := word "a.plain"}}{{$w}}`, plain},
		{"spaces beside a word are cut", "<p>\n{{- word \"a.same\" \"x\" .Y -}}\n</p>", "<p>22</p>"},
		{"if, with, range and their else", `{{if false}}{{else}}{{word "a.plain"}}{{end}}{{with .Y}}{{word "a.same" "x" .}}{{end}}{{range $.None}}{{else}}{{word "a.same" "x" 1}}{{end}}`, plain + "2211"},
		{"a template and what it is given", `{{define "t"}}{{.}}{{word "a.same" "x" 1}}{{end}}{{template "t" (word "a.plain")}}`, plain + "11"},
		{"a condition", `{{if word "a.plain"}}yes{{end}}`, "yes"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := show(t, w, c.layout, data); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.layout, got, c.want)
			}
		})
	}
}

// A page is written node by node, so that words and what stands around them are one.
func TestReplaceJoinsTexts(t *testing.T) {
	w := &Words{texts: map[string]string{"a.b": "b"}}
	tree := template.Must(template.New("a.html").Funcs(Functions).Parse(`a{{word "a.b"}}c{{word "a.b"}}d{{.}}e`)).Tree
	if err := w.Replace(tree); err != nil {
		t.Fatal(err)
	}
	if got := len(tree.Root.Nodes); got != 3 || tree.Root.String() != "abcbd{{.}}e" {
		t.Errorf("got %d nodes: %s, want 3: abcbd{{.}}e", got, tree.Root)
	}
}

func TestUses(t *testing.T) {
	layouts := fstest.MapFS{
		"base.html":         {Data: []byte("<p>\n{{if true}}{{loud (word \"a.b\" \"x\" (word \"c.d\"))}}{{end}}")},
		"parts/a.html":      {Data: []byte(`{{define "part"}}{{pattern "e.f" "y" "z"}}{{end}}`)},
		"parts/a/more.html": {Data: []byte(`{{word "g.h"}}`)},
		"README.md":         {Data: []byte(`{{word "i.j"}}`)},
	}
	got, err := Uses(layouts)
	if err != nil {
		t.Fatal(err)
	}
	want := []Use{{"a.b", []string{"x"}, "base.html:2:19"}, {"c.d", nil, "base.html:2:35"}, {"e.f", []string{"y", "z"}, "parts/a.html:1:19"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// Faults of layouts are errors that name the place.
func TestFaultsOfLayouts(t *testing.T) {
	for layout, want := range map[string]string{
		`{{word}}`:                        "layouts: base.html:2:2: word without a key",
		`{{word .Key}}`:                   "layouts: base.html:2:7: got .Key, want the key of a word, or the name of a placeholder, in quotation marks",
		`{{word (print "a." .Name)}}`:     `layouts: base.html:2:8: got print "a." .Name, want the key of a word, or the name of a placeholder, in quotation marks`,
		`{{pattern "a.b" .Name}}`:         "layouts: base.html:2:16: got .Name, want the key of a word, or the name of a placeholder, in quotation marks",
		`{{word "a.b" "x"}}`:              "layouts: base.html:2:2: a name without a value",
		`{{.X | word "a.b" "x"}}`:         "layouts: base.html:2:7: a name without a value",
		`{{.X | word "a.b"}}`:             "layouts: base.html:2:7: a word takes no value from a pipe",
		`{{print (word "a.b" "x" 1 .Y)}}`: "layouts: base.html:2:9: a name without a value",
		`{{if}}`:                          "template: base.html:2: missing value for if",
	} {
		uses, err := Uses(fstest.MapFS{"base.html": {Data: []byte("<p>\n" + layout)}})
		if err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v, %v\nwant %s", layout, uses, err, want)
		}
	}
	if uses, err := Uses(fstest.MapFS{"a.html": {}}); err == nil || !strings.Contains(err.Error(), "base.html") {
		t.Errorf("without base.html: got %v, %v, want an error that names it", uses, err)
	}
}

// safe are the functions by which html/template escapes what stands in text, in <title> and in
// attributes in quotation marks.
var safe = []string{"_html_template_htmlescaper", "_html_template_rcdataescaper", "_html_template_attrescaper"}

// placed returns the calls of word and pattern in a layout and its parts, by the part they stand in:
// whether all are in places for which Replace escapes, as html/template itself tells by the escapers
// that it gives to them. It gives none to a part that the layout does not include: those are left out.
func placed(t *testing.T, set *template.Template) map[string]bool {
	t.Helper()
	// A layout stops when it is executed without data; it has been escaped by then.
	var fault *template.Error
	if err := set.Execute(io.Discard, nil); errors.As(err, &fault) {
		t.Fatal(err)
	}
	calls := map[string]bool{}
	var walk func(part string, node parse.Node)
	walk = func(part string, node parse.Node) {
		switch n := node.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, below := range n.Nodes {
					walk(part, below)
				}
			}
		case *parse.IfNode:
			walk(part, n.List)
			walk(part, n.ElseList)
		case *parse.RangeNode:
			walk(part, n.List)
			walk(part, n.ElseList)
		case *parse.WithNode:
			walk(part, n.List)
			walk(part, n.ElseList)
		case *parse.ActionNode:
			function, ok := n.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
			if !ok || function.Ident != "word" && function.Ident != "pattern" || len(n.Pipe.Decl) > 0 {
				return
			}
			if len(n.Pipe.Cmds) == 1 {
				return
			}
			call := part + ": {{" + n.Pipe.Cmds[0].String() + "}}"
			isSafe, ok := calls[call]
			calls[call] = (isSafe || !ok) && len(n.Pipe.Cmds) == 2 && slices.Contains(safe, n.Pipe.Cmds[1].String())
		}
	}
	for _, part := range set.Templates() {
		if part.Tree != nil {
			name, _, _ := strings.Cut(part.Name(), "$htmltemplate_") // the same part in another place
			walk(name, part.Tree.Root)
		}
	}
	return calls
}

// plainFunctions lets html/template see words as it sees any other function.
func plainFunctions() template.FuncMap {
	functions := template.FuncMap{"icon": func(string) template.HTML { return "" }, "drawing": func(string) template.HTML { return "" }, "phrases": func(string) template.HTML { return "" }, "statuses": func() []any { return nil }}
	for name := range Functions {
		functions[name] = func(string, ...any) string { return "" }
	}
	return functions
}

// once is how a layout includes a part that is rendered once.
var once = regexp.MustCompile(`\{\{once (".*?".*?)\}\}`)

// withEveryPart returns layouts that include each part as template does: html/template does not look
// into others.
func withEveryPart(t *testing.T, layouts fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, pattern := range []string{"*.html", "parts/*.html"} {
		names, err := fs.Glob(layouts, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(layouts, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = &fstest.MapFile{Data: once.ReplaceAll(data, []byte("{{template $1}}"))}
		}
	}
	return files
}

func TestWordsStandWhereTheyAreEscaped(t *testing.T) {
	layouts := withEveryPart(t, os.DirFS("../../layouts"))
	kinds, err := fs.Glob(layouts, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, kind := range kinds {
		if kind == "base.html" {
			continue // it is escaped with each page that stands within it
		}
		set, err := template.New("base.html").Funcs(plainFunctions()).ParseFS(layouts, "base.html", "parts/*.html", kind)
		if err != nil {
			t.Fatal(err)
		}
		if set.Lookup("content") == nil {
			set = set.Lookup(kind)
		}
		for call, isSafe := range placed(t, set) {
			seen[call] = true
			if !isSafe {
				t.Errorf("%s: got a word in %s, want words only in text, <title> and attributes in quotation marks", kind, call)
			}
		}
	}
	if len(seen) < 400 {
		t.Errorf("looked at %d words, want all", len(seen))
	}
}

// What TestWordsStandWhereTheyAreEscaped looks for is found.
func TestMisplacedWordsAreFound(t *testing.T) {
	for layout, want := range map[string]bool{
		`<p title="{{word "a.b"}}">{{word "a.b" "x" 1}}</p><title>{{word "a.b"}}</title>`: true,
		`<p title={{word "a.b"}}>`:                  false,
		`<a href="{{word "a.b"}}">`:                 false,
		`<a href="a.html?q={{pattern "a.b" "x"}}">`: false,
		`<p data-src="{{word "a.b"}}">`:             false,
		`<script>let a = {{word "a.b"}}</script>`:   false,
		`<p style="color: {{word "a.b"}}">`:         false,
		`<p {{word "a.b"}}>`:                        false,
	} {
		set := template.Must(template.New("a.html").Funcs(plainFunctions()).Parse(layout))
		calls := placed(t, set)
		if got := !slices.Contains(slices.Collect(maps.Values(calls)), false); got != want || len(calls) == 0 {
			t.Errorf("%s\ngot  %v, want all %v", layout, calls, want)
		}
	}
}
