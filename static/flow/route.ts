// Where answers lead: the questions (質問) as a tree, and the fragment of an address that holds
// answers, such as owner=company&remote=yes.
import { decode } from '../fragment.ts'

/** A question, given the answers that led to it. */
export interface Question {
  name: string
  /** By the answer's name: the next question, or the name of the method at the end. */
  next: Map<string, Question | string>
}

/** By the question's name, the name of an answer. */
export type Answers = Map<string, string>

export interface Route {
  /** The questions answered, in order. */
  steps: [question: string, answer: string][]
  /** The question to be asked next, or the name of the method. */
  end: Question | string
}

/**
 * What is wrong with a fragment: it has words that are no question or answer here, two answers for
 * one question, no answer for a question before one that has, or answers for questions that are not
 * asked on its way.
 */
export type Fault = 'unknown' | 'twice' | 'gap' | 'unused'

/** Grows the tree from its ends: for each, the fragment of the way there and the method. */
export function grow(ends: Iterable<readonly [way: string, method: string]>): Question {
  const start: Question = { name: '', next: new Map() }
  for (const [way, method] of ends) {
    const steps = [...new URLSearchParams(way)]
    let question = start
    for (const [index, [name, answer]] of steps.entries()) {
      question.name ||= name
      const last = index === steps.length - 1
      const next = question.next.get(answer) ?? (last ? method : { name: '', next: new Map() })
      if (question.name !== name || (typeof next === 'string') !== last)
        throw new Error(`flow: ${way} does not fit the other ways`)
      question.next.set(answer, next)
      if (typeof next !== 'string') question = next
    }
  }
  return start
}

export function follow(start: Question, answers: Answers): Route {
  const steps: Route['steps'] = []
  let end: Question | string = start
  while (typeof end !== 'string') {
    const answer: string = answers.get(end.name) ?? ''
    const next: Question | string | undefined = end.next.get(answer)
    if (next === undefined) break
    steps.push([end.name, answer])
    end = next
  }
  return { steps, end }
}

/** Names that mail and advertising programs add to the addresses of others. */
const trackers = /^utm_|clk?id$/

/**
 * Splits a fragment into names and answers. Mail and chat programs encode its signs and glue others
 * to it, which are no part of a name or an answer.
 */
function split(fragment: string): [name: string, answer: string][] {
  return decode(fragment)
    .split(/[^\w=-]+/)
    .filter((piece) => /\w/.test(piece) && !trackers.test(piece.split('=')[0]!))
    .map((piece) => [piece.replace(/=.*/, ''), piece.replace(/^[^=]*=?/, '')])
}

/** Reads a fragment that may hold anything. */
export function read(start: Question, fragment: string): { answers: Answers; route: Route; faults: Set<Fault> } {
  const answers: Answers = new Map()
  const faults = new Set<Fault>()
  const contradicted = new Set<string>()
  const known = vocabulary(start)
  for (const [name, answer] of split(fragment)) {
    if (!known.get(name)?.has(answer)) faults.add('unknown')
    else if ((answers.get(name) ?? answer) !== answer) contradicted.add(name)
    else answers.set(name, answer)
  }
  for (const name of contradicted) {
    faults.add('twice')
    answers.delete(name)
  }
  const route = follow(start, answers)
  for (const name of answers.keys()) {
    if (!route.steps.some(([asked]) => asked === name)) faults.add(mayAsk(route.end, answers, name) ? 'gap' : 'unused')
  }
  return { answers, route, faults }
}

export function write(steps: Route['steps']): string {
  return new URLSearchParams(steps).toString()
}

/** All questions with all their answers. */
function vocabulary(end: Question | string, words = new Map<string, Set<string>>()): Map<string, Set<string>> {
  if (typeof end === 'string') return words
  const answers = words.get(end.name) ?? new Set()
  words.set(end.name, answers)
  for (const [answer, next] of end.next) {
    answers.add(answer)
    vocabulary(next, words)
  }
  return words
}

/** Whether a question may come, now or later, given the answers that are known. */
function mayAsk(end: Question | string, answers: Answers, name: string): boolean {
  if (typeof end === 'string') return false
  const next = end.next.get(answers.get(end.name) ?? '')
  return end.name === name || (next ? [next] : [...end.next.values()]).some((end) => mayAsk(end, answers, name))
}
