// Command generator builds the handbook's site from content, layouts and static into a folder,
// checks the content, serves the site while it is being edited, or begins a handbook and records of
// one.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tebiki"
	"tebiki/generator/handbook"
	"tebiki/generator/heap"
	"tebiki/generator/output"
	"tebiki/generator/review"
	"tebiki/generator/site"
	"tebiki/generator/source"
)

// Exit codes.
const (
	exitFine     = 0
	exitProblems = 1 // in the content
	exitFailure  = 2 // usage, disk, network
)

// program is how this command is called, as messages tell it. A release sets it to its own name.
var program = "go run ./generator"

// prefix begins the messages of failures.
var prefix = path.Base(program) + ": "

var usage = named(`てびき: 手引きのデータからサイトを作ります。

使い方:
  {program} new handbook DIR     新しい手引きを DIR に作ります。そのままサイトになります
  {program} new measure NAME     対策のファイルを足します。ほかの種類は下にあります
  {program} build [オプション]   content/ を調べ、サイトを public/ に作ります
  {program} check [オプション]   content/ を調べるだけで、何も書きません
  {program} serve [オプション]   サイトを手元で開きます（直して保存すると、画面も変わります）
  {program} table -o FILE        対策の表を、見てもらう人のために作ります（.xlsx か .csv）
  {program} table FILE           直された表を読み、どのファイルのどこが変わるかを出します
  {program} diff OLD NEW         内容の違いを出します（フォルダーか、git の版）
  {program} schemas DIR          記録の JSON Schema を、エディターのために作ります
  {program} -h                   この説明を出します

new の種類:
  handbook のほかに、method（方式）、threat（脅威）、measure（対策）、page（ページ）、
  guide（設定ガイド）、term（用語）、contact（相談先）です。NAME はファイルの名前です

オプション:
  -content DIR      内容のフォルダー（はじめは content）
  -layouts DIR      ページの型のフォルダー（はじめは layouts。なければ、プログラムの中のもの）
  -static DIR       見た目とスクリプトのフォルダー（はじめは static。なければ、プログラムの中のもの）
  -out DIR          作ったサイトを置くフォルダー（はじめは public）。丸ごと入れ替えます
  -base-url URL     公開する番地（例: https://example.jp/）。正規リンクとサイトマップに使います
  -addr HOST:PORT   serve が待つ番地（はじめは localhost:8080）。:8080 にすると、同じネットワークのスマートフォンからも開けます
  -open             serve のときに、ブラウザも開きます
  -editor EDITOR    serve のときに、直すところから、そのファイルの行をエディターで開けるようにします。
                    vscode、zed、idea か、リンクの形（例: vscode://file/{file}:{line}）を書きます
  -dates            check の代わりに、いつ確かめ、いつまでに見直すかを、期限の近い順に出します
  -links            check の代わりに、ほかのサイトへのリンクを、番地の順に出します（開きません）
  -json             check の問題を、ほかのプログラムのために JSON で出します
  -counts           check で問題がなければ、方式と優先度ごとの対策の数も出します
  -o FILE           table の表を書くファイル
  -write            table で、出した変更をファイルに書きます
  -draft            diff の違いを、更新の記録（content/changes/ のファイル）の下書きにします

終了コード:
  0  うまくいきました
  1  内容か表に直すところがあります（ファイル名:行: 直すこと、の形で全部出します）
  2  使い方の間違い、または読み書きの失敗です
`)

// named puts the name of this command where a text wants it.
func named(text string) string { return strings.ReplaceAll(text, "{program}", program) }

// A subcommand is what can be asked for.
type subcommand struct {
	least, most int    // words after it
	words       string // what they are, for who gives too few
	run         func(p project, stdout, stderr io.Writer) (int, error)
}

var commands = map[string]subcommand{
	"new": {2, 2, "種類と名前（例: new measure flashlight）", func(p project, stdout, stderr io.Writer) (int, error) {
		return exitFine, p.create(p.args[0], p.args[1], time.Now(), stdout)
	}},
	"build":   {run: project.build},
	"check":   {run: project.check},
	"serve":   {run: func(p project, stdout, stderr io.Writer) (int, error) { return exitFine, p.serve(stdout, stderr) }},
	"table":   {0, 1, "読む表", project.table},
	"diff":    {2, 2, "比べる二つのフォルダーか git の版", project.diff},
	"schemas": {1, 1, "作るフォルダー", project.schemas},
}

// optionsOf are the options that one command alone has.
var optionsOf = map[string]string{
	"dates": "check", "links": "check", "json": "check", "counts": "check",
	"o": "table", "write": "table", "draft": "diff",
	"open": "serve", "editor": "serve",
}

func main() {
	heap.Prepare()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// A project is where the sources lie and where the site goes.
type project struct {
	content, layouts, static, out string
	builtIn                       map[string]fs.FS // by name: what stands in the program for folders that are not there
	here                          bool             // the content is looked for here, for nobody said where
	baseURL                       string
	addr                          string
	open                          bool   // of serve: open the browser
	editor                        string // of serve: the name of an editor or the pattern of its links, ""
	dates, links, json, counts    bool   // of check
	output                        string // of table: the file to write
	write                         bool   // of table: change the files
	draft                         bool   // of diff: as a record of changes
	args                          []string
}

// run carries out the command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	var p project
	flags := flag.NewFlagSet("generator", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // messages are ours, in Japanese
	flags.StringVar(&p.content, "content", "content", "")
	flags.StringVar(&p.layouts, "layouts", "layouts", "")
	flags.StringVar(&p.static, "static", "static", "")
	flags.StringVar(&p.out, "out", "public", "")
	flags.StringVar(&p.baseURL, "base-url", "", "")
	flags.StringVar(&p.addr, "addr", "localhost:8080", "")
	flags.BoolVar(&p.open, "open", false, "")
	flags.StringVar(&p.editor, "editor", "", "")
	flags.BoolVar(&p.dates, "dates", false, "")
	flags.BoolVar(&p.links, "links", false, "")
	flags.BoolVar(&p.json, "json", false, "")
	flags.BoolVar(&p.counts, "counts", false, "")
	flags.StringVar(&p.output, "o", "", "")
	flags.BoolVar(&p.write, "write", false, "")
	flags.BoolVar(&p.draft, "draft", false, "")

	err := p.parse(flags, args)
	if isHelp := slices.Contains([]string{"-h", "-help", "--help", "help"}, name); isHelp || errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return exitFine
	}
	if problem := p.wrongUse(name, flags, err); problem != "" {
		more := program + " -h と打つと、使い方が出ます。\n"
		if name == "" {
			more = "\n" + usage
		}
		fmt.Fprintf(stderr, "%s%s\n%s", prefix, problem, more)
		return exitFailure
	}
	p.useBuiltIn(flags)
	code, err := commands[name].run(p, stdout, stderr)
	if err != nil {
		fmt.Fprintf(stderr, "%s%v\n", prefix, err)
		return exitFailure
	}
	return code
}

// parse reads the options, which may stand before and after the other words.
func (p *project) parse(flags *flag.FlagSet, args []string) error {
	for {
		if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
			return err
		}
		p.args, args = append(p.args, flags.Arg(0)), flags.Args()[1:]
	}
}

// wrongUse says what is wrong with the command line, err being what is wrong with its options.
func (p *project) wrongUse(name string, flags *flag.FlagSet, err error) string {
	c, known := commands[name]
	wide := "" // a word that was meant as an option
	for _, word := range append([]string{name}, p.args...) {
		if wide == "" && strings.IndexAny(word, "－−–—―ー") == 0 {
			wide = word
		}
	}
	var foreign, lists []string // options of another command, and those that list something alone
	flags.Visit(func(f *flag.Flag) {
		if of, ok := optionsOf[f.Name]; ok && of != name {
			foreign = append(foreign, fmt.Sprintf("-%s は %s だけで使えます", f.Name, of))
		} else if of == "check" {
			lists = append(lists, "-"+f.Name)
		}
	})
	switch {
	case wide != "":
		return fmt.Sprintf("%s の初めが、全角か長い横線です。半角の - にしてください", wide)
	case name == "":
		return "new、build、check、serve、table、diff、schemas のどれをするかを書いてください"
	case !known:
		return fmt.Sprintf("%q という命令はありません%s", name, source.DidYouMean(name, slices.Sorted(maps.Keys(commands))))
	case err != nil:
		return optionProblem(err)
	case len(foreign) > 0:
		return foreign[0]
	case len(lists) > 1:
		return strings.Join(lists, " と ") + " は、一緒に使えません"
	case len(p.args) > c.most:
		return "余分なことばがあります: " + strings.Join(p.args[c.most:], " ")
	case name == "new" && len(p.args) == 1 && p.args[0] == "handbook":
		return "作るフォルダーの名前を、new handbook の後に書いてください（例: new handbook my-handbook）"
	case name == "new" && len(p.args) == 1 && slices.Contains(handbook.DraftKinds(), p.args[0]):
		return fmt.Sprintf("名前を、new %s の後に書いてください（例: new %[1]s my-%[1]s）。名前はページの番地になります", p.args[0])
	case len(p.args) < c.least:
		return fmt.Sprintf("%sを、%s の後に書いてください", c.words, name)
	case name == "table" && (p.output == "") == (len(p.args) == 0):
		return "作る表を -o の後に書くか、読む表を table の後に書いてください"
	case p.write && p.output != "":
		return "-write は、表を読むときだけ使えます"
	case p.editor != "" && !isEditor(p.editor):
		return "-editor には、vscode、zed、idea か、vscode://file/{file}:{line} のようなリンクの形を書いてください: " + p.editor
	case p.baseURL != "" && !isSiteURL(p.baseURL):
		return "-base-url は https://example.jp/ のような番地にしてください: " + p.baseURL
	case name == "build" && p.replacesSources():
		return "-out には、内容、型、見た目のフォルダーと別のフォルダーを書いてください: " + p.out
	}
	return ""
}

func isSiteURL(address string) bool {
	_, ok := handbook.SiteURL(address, "https", "http")
	return ok
}

// optionProblem words in Japanese what the flag package says in English.
func optionProblem(err error) string {
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: "); ok {
		return name + " というオプションはありません"
	}
	if name, ok := strings.CutPrefix(err.Error(), "flag needs an argument: "); ok {
		return name + " の後に値を書いてください"
	}
	return "オプションを読めません: " + err.Error()
}

// replacesSources reports whether a source folder lies in the output folder, or the output folder
// in a source folder: sources would be moved aside as something foreign.
func (p project) replacesSources() bool {
	for _, source := range []string{p.content, p.layouts, p.static} {
		// An empty name is no folder, which is said when it is opened.
		if source != "" && (holds(p.out, source) || holds(source, p.out)) {
			return true
		}
	}
	return false
}

func holds(outer, inner string) bool {
	way, err := filepath.Rel(absolute(outer), absolute(inner))
	return err == nil && filepath.IsLocal(way)
}

// absolute returns a path that can be compared with others: links are followed as far as it exists.
func absolute(name string) string {
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if followed, err := filepath.EvalSymlinks(full); err == nil {
		return followed
	}
	if parent := filepath.Dir(full); parent != full {
		return filepath.Join(absolute(parent), filepath.Base(full))
	}
	return full
}

// A draft is a site and what is wrong with it.
type draft struct {
	site     *site.Site
	problems []source.Problem // sorted; files are named by the path that the editor can open
}

// read reads and checks the content. Only a draft whose problems are all warnings may be built.
func (p project) read(content fs.FS, reader *handbook.Reader, layouts *site.Layouts, assets *site.Assets, options site.Options) (draft, error) {
	options.BaseURL = p.baseURL
	made, problems, err := site.Load(reader, content, layouts, assets, time.Now(), options)
	if err != nil {
		return draft{}, err
	}
	p.place(problems)
	return draft{made, problems}, nil
}

// place names the files of problems by the path that the editor can open.
func (p project) place(problems []source.Problem) {
	for i := range problems {
		problems[i].File = p.path(problems[i].File)
	}
}

// path returns the path of a file of the content.
func (p project) path(file string) string { return path.Join(filepath.ToSlash(p.content), file) }

// openContent returns the folder of the content.
func (p project) openContent() (fs.FS, error) {
	if _, err := os.Stat(p.content); p.here && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("ここには %[1]s フォルダーがありません。次のどれかをしてください\n"+
			"  手引きがあるとき: %[1]s フォルダーのあるフォルダーに移るか、-content で場所を書きます\n"+
			"  手引きがまだないとき: %[2]s new handbook my-handbook で作ります", p.content, program)
	}
	return folder(p.content, "内容")
}

// readLayouts reads the folder of the kinds of pages.
func (p project) readLayouts() (*site.Layouts, error) {
	layouts, err := p.source(p.layouts, "ページの型")
	if err != nil {
		return nil, err
	}
	return site.ReadLayouts(layouts)
}

// readAssets reads the folder of styles and scripts.
func (p project) readAssets() (*site.Assets, error) {
	static, err := p.source(p.static, "見た目とスクリプト")
	if err != nil {
		return nil, err
	}
	return site.ReadAssets(static)
}

// useBuiltIn lets what the program carries stand in for a folder of layouts or of styles that is
// neither named on the command line nor there.
func (p *project) useBuiltIn(flags *flag.FlagSet) {
	named := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { named[f.Name] = true })
	p.here = !named["content"]
	p.builtIn = map[string]fs.FS{}
	for option, name := range map[string]string{"layouts": p.layouts, "static": p.static} {
		if _, err := os.Stat(name); named[option] || !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		carried, err := fs.Sub(tebiki.Files, option)
		if err != nil {
			panic(err) // the name is right
		}
		p.builtIn[name] = carried
	}
}

// source returns a folder of layouts or of styles.
func (p project) source(name, what string) (fs.FS, error) {
	if carried, ok := p.builtIn[name]; ok {
		return carried, nil
	}
	return folder(name, what)
}

func folder(name, what string) (fs.FS, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("%sのフォルダーを開けません: %w", what, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%sのフォルダーではありません: %s", what, name)
	}
	return os.DirFS(name), nil
}

// report prints the problems and returns the exit code they call for.
func report(w io.Writer, problems []source.Problem) int {
	stopping := 0
	for _, problem := range problems {
		fmt.Fprintln(w, problem)
		if !problem.Warning {
			stopping++
		}
	}
	if stopping > 0 {
		fmt.Fprintf(w, "直すところが %d か所あります。\n", stopping)
		return exitProblems
	}
	return exitFine
}

func (p project) check(stdout, stderr io.Writer) (int, error) {
	assets, err := p.readAssets()
	if err != nil {
		return exitFailure, err
	}
	assets.Compile()
	layouts, err := p.readLayouts()
	if err != nil {
		return exitFailure, err
	}
	content, err := p.openContent()
	if err != nil {
		return exitFailure, err
	}
	d, err := p.read(content, &handbook.Reader{Explain: meanings}, layouts, assets, site.Options{})
	if err != nil {
		return exitFailure, err
	}
	switch {
	case p.dates:
		p.list(stdout, d.site.Handbook.Dates)
		return exitFine, nil
	case p.links:
		p.listLinks(stdout, d.site.Handbook)
		return exitFine, nil
	}
	code := exitFine
	if p.json {
		code, err = reportJSON(stdout, d.problems)
	} else {
		code = report(stderr, d.problems)
	}
	if err := errors.Join(err, d.site.Ready()); err != nil {
		return exitFailure, err
	}
	if code == exitFine && !p.json {
		if n := len(d.problems); n > 0 { // warnings
			fmt.Fprintf(stdout, "注意が %d か所あります。このままでも、サイトは作れます。\n", n)
		} else {
			fmt.Fprintln(stdout, "内容に問題はありません。")
		}
	}
	if code == exitFine && p.counts {
		fmt.Fprint(stdout, review.Counts(d.site.Handbook))
	}
	return code, nil
}

// list prints what was compared with the world when, and by when it is to be looked at again: the
// nearest first.
func (p project) list(w io.Writer, dates []handbook.Dated) {
	slices.SortFunc(dates, func(a, b handbook.Dated) int {
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	for _, d := range dates {
		fmt.Fprintf(w, "%s:%d: %s に確かめました。見直しの期限は %s です。\n",
			p.path(d.File), d.Line, d.Checked.Format(time.DateOnly), d.Due.Format(time.DateOnly))
	}
}

func (p project) build(stdout, stderr io.Writer) (int, error) {
	start := time.Now()
	assets, err := p.readAssets()
	if err != nil {
		return exitFailure, err
	}
	assets.Compile()
	layouts, err := p.readLayouts()
	if err != nil {
		return exitFailure, err
	}
	content, err := p.openContent()
	if err != nil {
		return exitFailure, err
	}
	d, err := p.read(content, &handbook.Reader{Explain: meanings}, layouts, assets, site.Options{})
	if err != nil {
		return exitFailure, err
	}
	if code := report(stderr, d.problems); code != exitFine {
		fmt.Fprintf(stderr, "%s は前のままです。\n", p.out)
		return code, nil
	}
	into, err := output.Open(p.out)
	if err != nil {
		return exitFailure, err
	}
	shown := start.Add(time.Second) // a quick build says nothing until it is done
	built, err := d.site.Build(into, func(done, total int) {
		if time.Now().After(shown) {
			fmt.Fprintf(stderr, "%d / %d ページを作りました\n", done, total)
			shown = time.Now().Add(time.Second)
		}
	})
	kept, foreign := "", []string(nil)
	if err == nil {
		kept, err = into.Commit(func(old fs.FS) bool {
			var unknown error
			foreign, unknown = site.Foreign(old)
			return unknown == nil && len(foreign) == 0
		})
	}
	if kept != "" {
		fmt.Fprint(stderr, p.foreignMessage(kept, foreign))
	}
	if err := errors.Join(err, into.Close()); err != nil {
		return exitFailure, err
	}
	fmt.Fprintf(stdout, "%s に %d ページ（ファイル %d 個、%.1f MB）を %.2f 秒で作りました。\n",
		p.out, built.Pages, built.Files, float64(built.Size)/1e6, time.Since(start).Seconds())
	fmt.Fprintf(stdout, "%s をブラウザで開いてください。\n", filepath.Join(p.out, "index.html"))
	return exitFine, nil
}

// foreignMessage tells where an earlier output with the given files that are not ours is kept, and
// how they are published again.
func (p project) foreignMessage(kept string, foreign []string) string {
	const most = 10
	names := strings.Join(foreign[:min(len(foreign), most)], "、")
	switch {
	case len(foreign) == 0: // it is no output of ours at all
		return fmt.Sprintf("%s には、このサイトではないものが入っていました。%s に移しました。\n", p.out, kept)
	case len(foreign) > most:
		names += fmt.Sprintf(" ほか %d 個", len(foreign)-most)
	}
	return fmt.Sprintf("%s には、このサイトではないもの（%s）が入っていました。前の %s を、丸ごと %s に移しました。公開を続けるものは、%s に入れてください。\n",
		p.out, names, p.out, kept, filepath.Join(p.content, handbook.FilesFolder))
}
