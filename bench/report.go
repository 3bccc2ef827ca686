package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// report prints what was measured: for each subject the ratios, then seconds and megabytes. All are
// medians of the rounds, ratios with the least and the most.
func report(w io.Writer, subjects []*subject) error {
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, s := range subjects {
		fmt.Fprintf(table, "\n%s\n\ttime\tCPU\tmemory\tseconds\tCPU seconds\tMB\n", s.title)
		for _, r := range slices.Concat(s.runners, s.rebuild) {
			label, costs, ratios := r.name, s.costs[r.name], "\t\t"
			if r.of != "" {
				label += " / " + r.of
				base := s.costs[r.of]
				ratios = ratio(costs, base, seconds) + "\t" + ratio(costs, base, cpuSeconds) + "\t" + ratio(costs, base, megabytes)
			}
			fmt.Fprintf(table, "%s\t%s\t%.2f\t%.2f\t%.0f\n", label, ratios,
				median(each(costs, seconds)), median(each(costs, cpuSeconds)), median(each(costs, megabytes)))
		}
		if s.smaller != nil {
			for _, r := range s.runners {
				perPage, base := s.perPage(r.name), s.smaller.perPage(r.name)
				fmt.Fprintf(table, "%s, a page / at %d\t%s\t%s\n", r.name, s.smaller.pages, ratio(perPage, base, seconds), ratio(perPage, base, cpuSeconds))
			}
		}
		delays, bound := each(s.delays, milliseconds), ""
		if s.bound > 0 {
			bound = fmt.Sprintf(", to be at most %.0f ms", milliseconds(s.bound))
		}
		fmt.Fprintf(table, "serve: a change seen after %.0f ms (%.0f–%.0f, %d changes)%s\n",
			median(delays), slices.Min(delays), slices.Max(delays), len(delays), bound)
	}
	return table.Flush()
}

// perPage returns what a runner took for one page; memory is left as it is.
func (s *subject) perPage(runner string) []cost {
	return each(s.costs[runner], func(c cost) cost {
		return cost{c.wall / time.Duration(s.pages), c.cpu / time.Duration(s.pages), c.peak}
	})
}

func seconds(c cost) float64    { return c.wall.Seconds() }
func cpuSeconds(c cost) float64 { return c.cpu.Seconds() }
func megabytes(c cost) float64  { return float64(c.peak) / 1e6 }

func milliseconds(d time.Duration) float64 { return 1000 * d.Seconds() }

// ratio words how the costs of one runner are to those of another, round by round.
func ratio(costs, base []cost, of func(cost) float64) string {
	var list []float64
	for i := range costs {
		list = append(list, of(costs[i])/of(base[i]))
	}
	return fmt.Sprintf("%.2f× (%.2f–%.2f)", median(list), slices.Min(list), slices.Max(list))
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	middle := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[middle-1] + sorted[middle]) / 2
	}
	return sorted[middle]
}

func each[T, U any](list []T, of func(T) U) []U {
	var results []U
	for _, element := range list {
		results = append(results, of(element))
	}
	return results
}
