package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
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
	name  string
	of    string // the runner it is compared with; empty for none
	out   string // the folder that it writes; empty for none
	again bool   // writes over what an earlier run left
	args  []string
}

// run runs the command once. What was there is removed before, and the disk brought to rest: both
// would be counted to whoever comes next.
func (r runner) run() (cost, error) {
	if r.out != "" && !r.again {
		if err := os.RemoveAll(r.out); err != nil {
			return cost{}, err
		}
	}
	syscall.Sync()
	var messages bytes.Buffer
	command := exec.Command(r.args[0], r.args[1:]...)
	command.Stdout, command.Stderr = &messages, &messages
	start := time.Now()
	err := command.Run()
	wall := time.Since(start)
	if err != nil {
		return cost{}, fmt.Errorf("%v: %w\n%s", r.args, err, &messages)
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

// A subject is content with the commands that are measured on it.
type subject struct {
	project
	title   string
	pages   int
	runners []runner
	costs   map[string][]cost // by the runner's name, one for each round
	delays  []time.Duration   // of the server
}

// measure runs every command of every subject once in each round, every second round in the
// opposite order, so that a change of the machine's speed meets all alike.
func measure(subjects []*subject, rounds int) error {
	for round := range rounds {
		for _, s := range subjects {
			for i := range s.runners {
				if round%2 == 1 {
					i = len(s.runners) - 1 - i
				}
				r := s.runners[i]
				c, err := r.run()
				if err != nil {
					return err
				}
				s.costs[r.name] = append(s.costs[r.name], c)
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, rounds, s.title)
		}
	}
	return nil
}
