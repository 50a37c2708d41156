// The same work as Benchmarks/Sources/telemetry-bench, by client_golang, zap and zerolog from Debian: the same cases,
// data and output. Built with GO111MODULE=off and GOPATH=/usr/share/gocode.
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"
)

// work does as many operations and returns how long they took.
type work func(operations int) time.Duration

var cases = map[string]func() work{
	"counter":             counter,
	"counter-2-threads":   counterOn2Threads,
	"lookup":              func() work { return lookup(longRoutes, false) },
	"lookup-short":        func() work { return lookup(shortRoutes, false) },
	"lookup-copies":       func() work { return lookup(longRoutes, true) },
	"histogram":           func() work { return observing(classic()) },
	"histogram-2-threads": histogramOn2Threads,
	"native-histogram":    func() work { return observing(native()) },
	"text-10000":          func() work { return scrape(10_000, text) },
	"text-100000":         func() work { return scrape(100_000, text) },
	"openmetrics-10000":   func() work { return scrape(10_000, openMetrics) },
	"openmetrics-100000":  func() work { return scrape(100_000, openMetrics) },
	"protobuf-10000":      func() work { return scrape(10_000, protobuf) },
	"protobuf-100000":     func() work { return scrape(100_000, protobuf) },
	"log-line-zap":        zapLine,
	"log-line-zerolog":    zerologLine,
	"request":             request,
}

func main() {
	arguments := os.Args[1:]
	switch {
	case len(arguments) == 4 && arguments[0] == "time":
		measureTime(arguments[1], number(arguments[2]), number(arguments[3]))
	case len(arguments) == 3 && arguments[0] == "memory":
		measureMemory(arguments[1], number(arguments[2]))
	case len(arguments) == 2 && arguments[0] == "page":
		os.Stdout.Write(page(number(arguments[1])))
	default:
		fail("arguments: time CASE OPERATIONS REPETITIONS, memory CASE OPERATIONS, page SERIES")
	}
}

func measureTime(name string, operations, repetitions int) {
	run := prepared(name)
	times := make([]float64, repetitions)
	for i := range times {
		times[i] = float64(run(operations).Nanoseconds()) / float64(operations)
	}
	sort.Float64s(times)
	fmt.Printf("%s\t%.2f\t%.2f\n", name, times[repetitions/2], times[0])
}

func measureMemory(name string, operations int) {
	run := prepared(name)
	runtime.GC()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		fail(err.Error())
	}
	resident := status("VmRSS:")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run(operations)
	runtime.ReadMemStats(&after)
	fmt.Printf("%s\t%.2f\t%.2f\t%d\t%d\n", name,
		float64(after.TotalAlloc-before.TotalAlloc)/float64(operations),
		float64(after.Mallocs-before.Mallocs)/float64(operations), resident, status("VmHWM:"))
}

func prepared(name string) work {
	prepare, found := cases[name]
	if !found {
		fail("no case " + name)
	}
	return prepare()
}

func number(argument string) int {
	number, err := strconv.Atoi(argument)
	if err != nil || number <= 0 {
		fail(argument + " is no count")
	}
	return number
}

// status reads a line of /proc/self/status, in KiB.
func status(key string) int {
	content, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fail(err.Error())
	}
	for _, line := range bytes.Split(content, []byte("\n")) {
		words := strings.Fields(string(line))
		if len(words) > 1 && words[0] == key {
			return number(words[1])
		}
	}
	return 0
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "client_golang: "+message)
	os.Exit(2)
}
