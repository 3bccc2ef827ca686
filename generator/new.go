package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"tebiki"
	"tebiki/generator/handbook"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// starter is a small handbook to begin with. {today} stands for the day on which it is taken, {id}
// for the handbook's id.
//
//go:embed starter
var starter embed.FS

// create begins a handbook in a folder, or a record of a handbook under a name.
func (p project) create(kind, name string, today time.Time, stdout io.Writer) error {
	switch kinds := handbook.DraftKinds(); {
	case kind == "handbook":
		return createHandbook(name, today, stdout)
	case !slices.Contains(kinds, kind):
		return fmt.Errorf("%q という種類は作れません%s", kind, source.OneOf(kind, append([]string{"handbook"}, kinds...)))
	case !source.IsSlug(name):
		return fmt.Errorf("名前 %q は使えません。名前には、小文字の英字、数字、ハイフンだけを使います（例: first-aid）。ページの番地になります", name)
	}
	return p.createRecord(kind, name, today, stdout)
}

// createHandbook writes the starter into a folder that is new or empty.
func createHandbook(dir string, today time.Time, stdout io.Writer) error {
	entries, err := os.ReadDir(dir)
	outer := contentAround(dir)
	switch {
	case outer != "":
		return fmt.Errorf("%s は、別の手引きの内容のフォルダー（%s）の中です。何も書いていません。その外のフォルダーの名前を書いてください", dir, outer)
	case err == nil && len(entries) > 0:
		return fmt.Errorf("%s には、もうファイルがあります（%s など）。何も書いていません。まだないフォルダーか、空のフォルダーの名前を書いてください", dir, entries[0].Name())
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s に作れません。まだないフォルダーの名前を書いてください: %w", dir, err)
	}
	fill := strings.NewReplacer("{today}", today.Format(time.DateOnly), "{id}", handbookID(dir))
	files, err := fs.Sub(starter, "starter")
	if err != nil {
		panic(err) // the name is right
	}
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err != nil || entry.IsDir() {
			return errors.Join(err, os.MkdirAll(to, 0o777))
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return writeNew(to, fill.Replace(string(data)))
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s に、新しい手引きを作りました。次にすることは、%s にあります。\n", dir, filepath.Join(dir, "README.md"))
	fmt.Fprintf(stdout, "そのフォルダーで %s build と打つと、サイトができます。\n", program)
	return nil
}

// contentAround returns the folder of a content that a folder lies in, or "".
func contentAround(dir string) string {
	for around := absolute(dir); ; around = filepath.Dir(around) {
		if _, err := os.Stat(filepath.Join(around, "handbook.toml")); err == nil {
			return around
		}
		if around == filepath.Dir(around) {
			return ""
		}
	}
}

// handbookID makes an id of a folder's name: readers' answers are kept under it, so that two
// handbooks on one host shall not have the same.
func handbookID(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		full = dir
	}
	id := regexp.MustCompile(`^[^a-z]+|[^a-z0-9]`).ReplaceAllString(strings.ToLower(filepath.Base(full)), "")
	if id == "" {
		return "handbook"
	}
	return id
}

// writeNew writes a file that is not there yet.
func writeNew(name, text string) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// createRecord writes the draft of a record and names it in published.toml. What is still to be done
// is what is wrong with the content then and was not before.
func (p project) createRecord(kind, name string, today time.Time, stdout io.Writer) error {
	before, err := p.readContent()
	if err != nil {
		return err
	}
	h := before.site.Handbook
	drafted := h.Draft(kind, name, today, meanings())
	file := path.Join(filepath.ToSlash(p.content), drafted.Folder, name+".md")
	if _, err := os.Lstat(filepath.FromSlash(file)); err == nil {
		return fmt.Errorf("%s は、もうあります。何も書いていません。別の名前にしてください", file)
	}
	if h.WasPublished(drafted.Folder, name) {
		return fmt.Errorf("%q は、前に公開した名前です（%s にあります）。何も書いていません。やめた名前は二度と使えないので、別の名前にしてください",
			name, path.Join(filepath.ToSlash(p.content), "published.toml"))
	}
	if err := os.MkdirAll(filepath.Join(p.content, drafted.Folder), 0o777); err != nil {
		return err
	}
	if err := writeNew(filepath.FromSlash(file), drafted.Text); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s を作りました。「%s」の所と、仮の値を直してください。\n", file, source.Blank)
	if kind == "page" {
		fmt.Fprintf(stdout, "画面の上や下に並べるには、%s の navigation か footer に %q を足します。足さなければ、ほかのページからリンクします。\n",
			path.Join(filepath.ToSlash(p.content), "handbook.toml"), name)
	}
	if drafted.Listed {
		if err := p.addPublished(drafted.Folder, name, stdout); err != nil {
			return err
		}
	}
	after, err := p.readContent()
	if err != nil {
		return err
	}
	p.announce(before.problems, after.problems, stdout)
	return nil
}

// readContent reads and checks the content as check does.
func (p project) readContent() (draft, error) {
	content, err := p.openContent()
	if err != nil {
		return draft{}, err
	}
	assets, err := p.readAssets()
	if err != nil {
		return draft{}, err
	}
	layouts, err := p.readLayouts()
	if err != nil {
		return draft{}, err
	}
	return p.read(content, &handbook.Reader{Explain: meanings}, layouts, assets, site.Options{})
}

// announce prints the problems that the content did not have before. That a line has moved makes no
// new problem.
func (p project) announce(before, after []source.Problem, stdout io.Writer) {
	known := map[[2]string]bool{}
	for _, problem := range before {
		known[[2]string{problem.File, problem.Text}] = true
	}
	fresh := slices.DeleteFunc(after, func(problem source.Problem) bool { return known[[2]string{problem.File, problem.Text}] })
	if len(fresh) == 0 {
		return
	}
	fmt.Fprintln(stdout, "ほかに、次のことをしてください。")
	for _, problem := range fresh {
		fmt.Fprintf(stdout, "  %s\n", problem)
	}
}

// addPublished adds a name to a list of published.toml, if it can be done without touching anything else.
// Otherwise what check says is left to the editor.
func (p project) addPublished(folder, name string, stdout io.Writer) error {
	file := filepath.Join(p.content, "published.toml")
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text, ok := withListed(string(data), folder, name)
	if !ok {
		return nil
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s の %s に %q を足しました。\n", filepath.ToSlash(file), folder, name)
	return nil
}

// withListed returns the text of published.toml with one more name in a list. ok is false where the
// list is written in a way that only TOML itself understands.
func withListed(text, list, name string) (_ string, ok bool) {
	form := regexp.MustCompile(`(?m)^` + list + ` = \[([^\]#]*)\]`)
	at := form.FindStringSubmatchIndex(text)
	if at == nil {
		// A list that was not needed until now follows one that always is.
		threats := regexp.MustCompile(`(?m)^threats = \[[^\]#]*\]\r?\n`).FindStringIndex(text)
		if threats == nil || regexp.MustCompile(`(?m)^\s*"?`+list+`"?\s*=`).MatchString(text) {
			return text, false
		}
		return text[:threats[1]] + fmt.Sprintf("%s = [%q]\n", list, name) + text[threats[1]:], true
	}
	start, end := at[2], at[3]
	names := strings.TrimRight(text[start:end], " \t\r\n")
	rest := text[start+len(names):]
	switch {
	case strings.TrimSpace(names) == "":
		return text[:start] + fmt.Sprintf("%q", name) + text[end:], true
	case strings.Contains(names, "\n"):
		return text[:start] + strings.TrimSuffix(names, ",") + fmt.Sprintf(",\n  %q,", name) + rest, true
	}
	return text[:start] + strings.TrimSuffix(names, ",") + fmt.Sprintf(", %q", name) + text[end:], true
}

// meanings returns what content/README.md says of the fields: there all are explained, once.
var meanings = sync.OnceValue(func() source.Meanings {
	readme, err := fs.ReadFile(tebiki.Files, "content/README.md")
	if err != nil {
		panic(err) // the name is right
	}
	return source.ReadMeanings(string(readme))
})
