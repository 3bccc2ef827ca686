package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A cost is what one run of a command took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // memory, in bytes
}

// A runner is a command to be measured.
type runner struct {
	name string
	of   string // the runner it is compared with; empty for none
	into string // the option that names the output folder; empty for a command that writes nothing
	args []string
}

// run runs the command once. The disk is brought to rest before: else what earlier commands wrote
// would be counted to this one.
func (r runner) run(out string) (cost, error) {
	args := slices.Clone(r.args)
	if r.into != "" {
		args = append(args, r.into, out)
	}
	syscall.Sync()
	var messages bytes.Buffer
	command := exec.Command(args[0], args[1:]...)
	command.Stdout, command.Stderr = &messages, &messages
	start := time.Now()
	err := command.Run()
	wall := time.Since(start)
	if err != nil {
		return cost{}, fmt.Errorf("%v: %w\n%s", args, err, &messages)
	}
	state := command.ProcessState
	peak := state.SysUsage().(*syscall.Rusage).Maxrss << 10 // Linux counts in KiB
	if own, err := ownPeak(); err != nil || peak <= own {
		return cost{}, errors.Join(err, errors.New("the bench itself needs as much memory as what it measures"))
	}
	return cost{wall, state.UserTime() + state.SystemTime(), peak}, nil
}

// ownPeak is the most memory that this process has had. Linux counts it to each process that is
// started from here.
func ownPeak() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	_, err = fmt.Sscan(line, &kilobytes)
	return kilobytes << 10, err
}

// measure runs every command of every subject once in each round, every second round in the
// opposite order, so that a change of the machine's speed meets all alike. Last come the builds into
// an existing output: they delete its files.
func measure(subjects []*subject, rounds int) error {
	for round := range rounds {
		for _, s := range subjects {
			for i := range s.runners {
				if round%2 == 1 {
					i = len(s.runners) - 1 - i
				}
				if err := s.measure(s.runners[i], s.newOutput()); err != nil {
					return err
				}
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, rounds, s.title)
		}
	}
	for round := range rounds {
		for _, s := range subjects {
			out := s.newOutput()
			for _, r := range s.rebuild {
				if err := s.measure(r, out); err != nil {
					return err
				}
			}
			fmt.Fprintf(os.Stderr, "again, %d of %d: %s\n", round+1, rounds, s.title)
		}
	}
	return nil
}

func (s *subject) measure(r runner, out string) error {
	c, err := r.run(out)
	s.costs[r.name] = append(s.costs[r.name], c)
	return err
}
