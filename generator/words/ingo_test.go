package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The table of the words that Go uses is what its code asks for, with the placeholders it fills:
// calls of words.Text with texts in quotation marks.
func TestWordsInGo(t *testing.T) {
	files, err := filepath.Glob("../site/*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(fset, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isText(call.Fun) {
				return true
			}
			place := fset.Position(call.Pos())
			key, names := literal(call.Args[0]), []string(nil)
			for i := 1; i < len(call.Args); i += 2 {
				names = append(names, literal(call.Args[i]))
			}
			want, ok := inGo[key]
			if !ok {
				t.Errorf("%s: asks for %q, which is not in the table", place, key)
			} else if !slices.Equal(names, want) {
				t.Errorf("%s: fills %q of %s, want %q", place, names, key, want)
			}
			used[key] = true
			return true
		})
	}
	for key := range inGo {
		if !used[key] {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

// isText reports whether a function is the method Text of a variable or field called words.
func isText(function ast.Expr) bool {
	method, ok := function.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Text" {
		return false
	}
	switch of := method.X.(type) {
	case *ast.Ident:
		return of.Name == "words"
	case *ast.SelectorExpr:
		return of.Sel.Name == "words"
	}
	return false
}

// literal returns a text in quotation marks, "" for any other expression.
func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		text, _ := strconv.Unquote(l.Value) // the compiler has seen that it is one
		return text
	}
	return ""
}

func TestTextPanicsForWordsThatAreNotInTheTable(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, "common.skip") {
			t.Errorf("got a panic with %q, want one that names the word", got)
		}
	}()
	(&Words{}).Text("common.skip")
}
