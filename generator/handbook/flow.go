package handbook

import (
	"fmt"
	"maps"
	"slices"

	"tebiki/generator/source"
)

// A Flow is the flowchart that finds a reader's method: a tree of questions in which several
// answers may share the questions that follow.
type Flow struct {
	source.Record
	StartSlug string      `toml:"start"`
	Questions []*Question `toml:"question"`
	Results   []*Result   `toml:"result,optional"`

	Start *Question
}

// A Question of the flow.
type Question struct {
	source.Record
	Text    string    `toml:"text"`
	Why     string    `toml:"why"`    // why we ask
	Unsure  string    `toml:"unsure"` // how to find out, for who does not know
	Answers []*Answer `toml:"answer"`
}

// An Answer leads to a question, to a method, or to a result: exactly one of the three is set.
type Answer struct {
	source.Record
	Label    string `toml:"label"`
	Hint     string `toml:"hint,optional"`
	NextSlug string `toml:"next"`

	Question *Question
	Method   *Method
	Result   *Result
}

// A Result is an end of the flow whose method depends on the answer given to an earlier question.
type Result struct {
	source.Record
	QuestionSlug string            `toml:"question"`
	MethodSlugs  map[string]string `toml:"method"` // answer → method

	Question *Question
	Methods  map[string]*Method
}

// A Step is a question with the answer chosen.
type Step struct {
	Question *Question
	Answer   *Answer
}

// A Branch is an answer and what follows it after the steps taken so far: another question with its
// branches, or the method at the end.
type Branch struct {
	Steps    []Step // up to and including this answer
	Question *Question
	Branches []*Branch // of Question
	Method   *Method
}

// Answer returns the answer the branch stands for.
func (b *Branch) Answer() *Answer { return b.Steps[len(b.Steps)-1].Answer }

// Branches returns the flow unfolded into a tree.
func (f *Flow) Branches() []*Branch { return branches(f.Start, nil) }

func branches(q *Question, taken []Step) []*Branch {
	var list []*Branch
	for _, answer := range q.Answers {
		b := &Branch{Steps: append(slices.Clone(taken), Step{q, answer}), Question: answer.Question}
		if answer.Question != nil {
			b.Branches = branches(answer.Question, b.Steps)
		} else {
			b.Method = answer.end(b.Steps)
		}
		list = append(list, b)
	}
	return list
}

// end returns the method an answer leads to after the given steps, or nil.
func (a *Answer) end(steps []Step) *Method {
	if a.Result == nil {
		return a.Method
	}
	if given := a.Result.given(steps); given != nil {
		return a.Result.Methods[given.Slug]
	}
	return nil
}

// given returns the answer by which a result is decided, nil when its question was not asked.
func (r *Result) given(steps []Step) *Answer {
	for _, step := range steps {
		if step.Question == r.Question {
			return step.Answer
		}
	}
	return nil
}

// Ends returns the last branch of every path of the flow, in order.
func (f *Flow) Ends() []*Branch { return ends(f.Branches()) }

func ends(list []*Branch) []*Branch {
	var found []*Branch
	for _, b := range list {
		if b.Question == nil {
			found = append(found, b)
		}
		found = append(found, ends(b.Branches)...)
	}
	return found
}

// resolve replaces the names in the flow by what they name.
func (f *Flow) resolve(methods index[*Method], report reporter) {
	if f.Unread() {
		return
	}
	questions, results := indexOf(f.Questions), indexOf(f.Results)
	if f.Start = questions.bySlug[f.StartSlug]; f.Start == nil && f.StartSlug != "" {
		report(questions.unknown(&f.Record, "start", "最初の質問", f.StartSlug))
	}
	for _, r := range f.Results {
		r.resolve(questions, methods, report)
	}
	known := slices.Concat(slugs(f.Questions), slugs(f.Results), slugs(methods.list))
	for _, q := range f.Questions {
		for _, a := range q.Answers {
			if a.NextSlug == "" {
				continue // reported as a missing field
			}
			a.Question, a.Result, a.Method = questions.bySlug[a.NextSlug], results.bySlug[a.NextSlug], methods.bySlug[a.NextSlug]
			switch a.ways() {
			case 0:
				if methods.missed[a.NextSlug] {
					continue
				}
				report(a.Problem("next", "行き先 %q は、質問にも、結果にも、方式にもありません%s", a.NextSlug, source.DidYouMean(a.NextSlug, known)))
			case 2, 3:
				report(a.Problem("next", "行き先 %q という名前が二つ以上あります（質問、結果、方式には違う名前を付けてください）", a.NextSlug))
			}
		}
	}
}

// ways returns how many of the three an answer leads to: one, if it is sound.
func (a *Answer) ways() int {
	n := 0
	for _, leads := range []bool{a.Question != nil, a.Result != nil, a.Method != nil} {
		if leads {
			n++
		}
	}
	return n
}

func (r *Result) resolve(questions index[*Question], methods index[*Method], report reporter) {
	if r.Question = questions.bySlug[r.QuestionSlug]; r.Question == nil {
		if r.QuestionSlug != "" {
			report(questions.unknown(&r.Record, "question", "質問", r.QuestionSlug))
		}
		return
	}
	answers := indexOf(r.Question.Answers)
	r.Methods = map[string]*Method{}
	for _, answer := range slices.Sorted(maps.Keys(r.MethodSlugs)) {
		slug := r.MethodSlugs[answer]
		if !answers.has(answer) {
			report(answers.unknown(&r.Record, "method."+answer, fmt.Sprintf("質問 %q に答え", r.QuestionSlug), answer))
		}
		if r.Methods[answer] = methods.bySlug[slug]; methods.isUnknown(slug) && slug != "" {
			report(methods.unknown(&r.Record, "method."+answer, "方式", slug))
		}
	}
}

// check reports what makes a path endless or a method unreachable. Every path of a flow without
// problems is finite and ends at a method.
func (f *Flow) check(methods []*Method, report reporter) {
	for _, q := range f.Questions {
		unique(q.Answers, func(a *Answer) *source.Record { return &a.Record }, "label", "答え", func(a *Answer) string { return written(a.Label) }, report.aside())
	}
	if !f.Unread() && f.complete() {
		f.checkPaths(methods, report)
	}
}

// complete reports whether every path can be followed: what is missing or not known was reported
// when the flow was read and resolved.
func (f *Flow) complete() bool {
	for _, q := range f.Questions {
		if len(q.Answers) == 0 || slices.ContainsFunc(q.Answers, func(a *Answer) bool { return a.ways() != 1 }) {
			return false
		}
	}
	for _, r := range f.Results {
		if r.Question == nil {
			return false
		}
		for answer := range r.MethodSlugs {
			if r.Methods[answer] == nil {
				return false
			}
		}
	}
	return f.Start != nil
}

// maxPaths keeps the flow within what the site can show: its page unfolds every path, and questions
// that share what follows multiply them.
const maxPaths = 1000

// checkPaths follows every path once. Only a flow whose names are all resolved can be followed.
func (f *Flow) checkPaths(methods []*Method, report reporter) {
	asked, ended, reached := map[*Question]bool{}, map[*Result]bool{}, map[*Method]bool{}
	without := map[[2]string]bool{} // result and answer
	paths := 0
	var follow func(q *Question, taken []Step)
	follow = func(q *Question, taken []Step) {
		asked[q] = true
		for _, answer := range q.Answers {
			if paths > maxPaths {
				return
			}
			steps := append(slices.Clone(taken), Step{q, answer})
			next := answer.Question
			again := next != nil && slices.ContainsFunc(steps, func(s Step) bool { return s.Question == next })
			if next != nil && !again {
				follow(next, steps)
				continue
			}
			paths++
			ended[answer.Result] = true
			if again {
				report(answer.Problem("next", "質問 %q に戻ってしまい、終わりません（先へ進む行き先にしてください）", next.Slug))
			} else if method := answer.end(steps); method != nil {
				reached[method] = true
			} else if given := answer.Result.given(steps); given != nil {
				if key := [2]string{answer.Result.Slug, given.Slug}; !without[key] {
					without[key] = true
					report(answer.Result.Problem("method", "答え %q のときの方式がありません（[result.%s.method] に %[1]s = \"方式\" を足してください）", given.Slug, answer.Result.Slug))
				}
			} else {
				report(answer.Problem("next", "結果 %q は質問 %q の答えで決まりますが、ここまでの道でその質問をしていません", answer.NextSlug, answer.Result.QuestionSlug))
			}
		}
	}
	follow(f.Start, nil)
	if paths > maxPaths {
		report(f.Problem("start", "質問から方式までの道が %d 本を超えます（質問か答えを減らしてください）", maxPaths))
		return
	}
	for _, q := range f.Questions {
		if !asked[q] {
			report(q.Problem("", "質問 %q には、どの答えからも来られません（どれかの答えの next に書くか、この質問を消してください）", q.Slug))
		}
	}
	for _, r := range f.Results {
		if !ended[r] {
			report(r.Problem("", "結果 %q には、どの答えからも来られません（どれかの答えの next に書くか、この結果を消してください）", r.Slug))
		}
	}
	for _, m := range methods {
		if !reached[m] {
			report(m.Problem("", "方式 %q には、方式を選ぶ質問（flow.toml）のどの道からも来られません（flow.toml のどれかの答えの next に、この名前を書いてください。[question.名前.answer.名前] の表を消していないかも、確かめてください）", m.Slug))
		}
	}
}
