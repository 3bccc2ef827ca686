/**
 * Which result holds, as its place in `from`, given the answers so far; undefined while the ones to
 * come decide. A result holds from its number of agreements upwards; the numbers fall, down to 0.
 */
export function judge(answers: readonly (boolean | undefined)[], from: readonly number[]): number | undefined {
  const agreed = answers.filter((answer) => answer === true).length
  const left = answers.filter((answer) => answer === undefined).length
  const at = (count: number) => from.findIndex((least) => count >= least)
  return at(agreed) === at(agreed + left) ? at(agreed) : undefined
}
