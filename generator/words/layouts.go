package words

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// Functions are what layouts show words with. Calls of word and pattern are gone by the time a
// layout is executed; a word that is an argument and has values is a call of fill.
//
//	{{word "checklist.title" "method" .Mark}}      with a value for each placeholder
//	{{pattern "search.count" "count"}}             with {count} left for a script to fill in
//	{{phrases (word "method.open" "method" .Mark)}}
var Functions = template.FuncMap{"word": unreplaced, "pattern": unreplaced, "fill": fill}

func unreplaced(key string, _ ...any) (string, error) {
	return "", fmt.Errorf("the word %s was not replaced in the parse tree", key)
}

// Uses returns the uses that layouts make of words: those of *.html and parts/*.html. The error is
// one of the disk or a fault in a layout.
func Uses(layouts fs.FS) ([]Use, error) {
	// A folder without the layout of all pages is none of layouts, and would make words seem unused.
	if _, err := fs.Stat(layouts, "base.html"); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	var uses []Use
	for _, folder := range []string{"*.html", "parts/*.html"} {
		files, err := fs.Glob(layouts, folder)
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			text, err := fs.ReadFile(layouts, name)
			if err != nil {
				return nil, fmt.Errorf("layouts: %w", err)
			}
			tree := parse.New(name)
			tree.Mode = parse.SkipFuncCheck
			trees := map[string]*parse.Tree{}
			if _, err := tree.Parse(string(text), "", "", trees); err != nil {
				return nil, err
			}
			for _, tree := range trees {
				err = errors.Join(err, replace(tree, func(c call) string {
					uses = append(uses, Use{c.key, c.names, c.place})
					return ""
				}))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(uses, func(a, b Use) int { return cmp.Or(strings.Compare(a.Place, b.Place), strings.Compare(a.Key, b.Key)) })
	return uses, nil
}

// Replace puts words in the places of a layout that ask for them, before html/template escapes it.
// A word that the page shows becomes text, escaped for text, <title> and attributes in quotation
// marks: it can stand nowhere else. The error is a fault in the layout.
func (w *Words) Replace(tree *parse.Tree) error {
	return replace(tree, func(c call) string { return w.texts[c.key] })
}

// A call asks for a word in a layout.
type call struct {
	key    string
	names  []string     // of the placeholders
	values []parse.Node // one for each name; none in a pattern
	place  string       // "parts/header.html:3:10"
	pos    parse.Pos
}

// replace replaces all calls in a tree; text gives the words for them.
func replace(tree *parse.Tree, text func(call) string) error {
	r := replacer{tree: tree, text: text}
	r.list(tree.Root)
	return r.err
}

type replacer struct {
	tree *parse.Tree
	text func(call) string
	err  error // the first
}

// list replaces the calls among the nodes of a list and below them.
func (r *replacer) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if c, ok := r.shown(n); ok {
				for _, part := range r.parts(c) {
					nodes = appendNode(nodes, part)
				}
				continue
			}
			r.pipe(n.Pipe)
		case *parse.IfNode:
			r.branch(&n.BranchNode)
		case *parse.RangeNode:
			r.branch(&n.BranchNode)
		case *parse.WithNode:
			r.branch(&n.BranchNode)
		case *parse.TemplateNode:
			r.pipe(n.Pipe)
		}
		nodes = appendNode(nodes, node)
	}
	list.Nodes = nodes
}

func (r *replacer) branch(n *parse.BranchNode) {
	r.pipe(n.Pipe)
	r.list(n.List)
	r.list(n.ElseList)
}

// appendNode keeps texts that follow each other in one node: a page is written node by node.
func appendNode(nodes []parse.Node, node parse.Node) []parse.Node {
	if text, ok := node.(*parse.TextNode); ok && len(nodes) > 0 {
		if before, ok := nodes[len(nodes)-1].(*parse.TextNode); ok {
			nodes[len(nodes)-1] = &parse.TextNode{NodeType: parse.NodeText, Pos: before.Pos, Text: slices.Concat(before.Text, text.Text)}
			return nodes
		}
	}
	return append(nodes, node)
}

// shown returns the call of an action that does nothing but show a word.
func (r *replacer) shown(n *parse.ActionNode) (call, bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) > 1 {
		return call{}, false
	}
	return r.call(n.Pipe.Cmds[0])
}

// pipe replaces the calls in a pipe by expressions.
func (r *replacer) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for i, cmd := range p.Cmds {
		if c, ok := r.call(cmd); ok {
			if i > 0 {
				r.fail(cmd, "a word takes no value from a pipe")
			}
			cmd.Args = r.expression(c)
		}
		for _, arg := range cmd.Args {
			if below, ok := arg.(*parse.PipeNode); ok {
				r.pipe(below)
			}
		}
	}
}

// call reads a command that asks for a word. A fault gives an empty call.
func (r *replacer) call(cmd *parse.CommandNode) (call, bool) {
	function, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || function.Ident != "word" && function.Ident != "pattern" {
		return call{}, false
	}
	location, _ := r.tree.ErrorContext(cmd)
	c := call{place: location, pos: cmd.Pos}
	args, step := cmd.Args[1:], 1
	if function.Ident == "word" {
		step = 2
	}
	switch {
	case len(args) == 0:
		r.fail(cmd, "%s without a key", function.Ident)
		return c, true
	case (len(args)-1)%step != 0:
		r.fail(cmd, "a name without a value")
		return c, true
	}
	c.key = r.literal(args[0])
	for i := 1; i < len(args); i += step {
		c.names = append(c.names, r.literal(args[i]))
		if step == 2 {
			c.values = append(c.values, args[i+1])
		}
	}
	return c, true
}

// literal returns the text of an argument in quotation marks. Keys and names of placeholders are
// known before a page is made.
func (r *replacer) literal(arg parse.Node) string {
	if s, ok := arg.(*parse.StringNode); ok {
		return s.Text
	}
	r.fail(arg, "got %s, want the key of a word, or the name of a placeholder, in quotation marks", arg)
	return ""
}

func (r *replacer) fail(node parse.Node, format string, args ...any) {
	if r.err == nil {
		location, _ := r.tree.ErrorContext(node)
		r.err = fmt.Errorf("layouts: %s: "+format, append([]any{location}, args...)...)
	}
}

// parts returns what a word shows: its text, and between its parts actions for the values.
func (r *replacer) parts(c call) []parse.Node {
	var nodes []parse.Node
	addText := func(text string) {
		if text != "" {
			nodes = append(nodes, &parse.TextNode{NodeType: parse.NodeText, Pos: c.pos, Text: []byte(template.HTMLEscapeString(text))})
		}
	}
	text := r.text(c)
	end := 0 // of what is done
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		i := slices.Index(c.names, text[at[2]:at[3]])
		if i < 0 || c.values == nil {
			continue
		}
		addText(text[end:at[0]])
		value := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: c.pos, Args: []parse.Node{c.values[i]}}
		pipe := &parse.PipeNode{NodeType: parse.NodePipe, Pos: c.pos, Cmds: []*parse.CommandNode{value}}
		r.pipe(pipe)
		nodes = append(nodes, &parse.ActionNode{NodeType: parse.NodeAction, Pos: c.pos, Pipe: pipe})
		end = at[1]
	}
	addText(text[end:])
	return nodes
}

// expression returns the command that gives a word as an argument: a constant, or a call of fill.
func (r *replacer) expression(c call) []parse.Node {
	args := []parse.Node{stringNode(c.pos, r.text(c))}
	if c.values == nil {
		return args
	}
	args = slices.Insert(args, 0, parse.Node(parse.NewIdentifier("fill").SetPos(c.pos)))
	for i, name := range c.names {
		args = append(args, stringNode(c.pos, name), c.values[i])
	}
	return args
}

func stringNode(pos parse.Pos, text string) *parse.StringNode {
	return &parse.StringNode{NodeType: parse.NodeString, Pos: pos, Quoted: strconv.Quote(text), Text: text}
}
