package main

import (
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A watcher wakes those who wait for a change of the sources as soon as the system tells of one. It may
// tell of too many and, on network drives and in containers, of none: what has changed is only known
// when somebody looks, so who waits also looks now and then unasked.
type watcher struct {
	system *fsnotify.Watcher // nil where there is none

	mu   sync.Mutex
	woke chan struct{} // closed at the next change
}

// settling is how long it has to be quiet before anybody is woken: many editors write a file in
// several steps.
const settling = 15 * time.Millisecond

func newWatcher() *watcher {
	w := &watcher{woke: make(chan struct{})}
	// What it takes may be used up by other programs. Then there are only looks.
	if system, err := fsnotify.NewWatcher(); err == nil {
		w.system = system
		go w.run()
	}
	return w
}

// change returns a channel that is closed at the next change.
func (w *watcher) change() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.woke
}

// follow has the system tell of changes in folders, too.
func (w *watcher) follow(folders []string) {
	if w.system == nil {
		return
	}
	followed := w.system.WatchList() // without those that have gone since
	for _, folder := range folders {
		if !slices.Contains(followed, folder) {
			w.system.Add(folder) // one that cannot be followed is looked at
		}
	}
}

// close ends the watcher.
func (w *watcher) close() {
	if w.system != nil {
		w.system.Close()
	}
}

func (w *watcher) run() {
	quiet := time.NewTimer(settling)
	for {
		select {
		case _, open := <-w.system.Events:
			if !open {
				return
			}
			quiet.Reset(settling)
		case <-w.system.Errors: // what happened is not known: perhaps too much at once
			quiet.Reset(settling)
		case <-quiet.C:
			w.mu.Lock()
			close(w.woke)
			w.woke = make(chan struct{})
			w.mu.Unlock()
		}
	}
}
