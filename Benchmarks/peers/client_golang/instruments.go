package main

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	methods     = []string{"GET", "POST", "PUT", "DELETE"}
	shortRoutes = []string{"/productos", "/movimientos", "/facturas", "/health"}
	longRoutes  = []string{
		"/api/v1/productos/{id}", "/api/v1/movimientos/{id}", "/api/v1/facturas/{id}/items", "/api/v1/estado/completo",
	}
	bounds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}
	values = makeValues()
)

// makeValues returns the durations that the Swift side observes, in the same order.
func makeValues() []float64 {
	magnitudes := []float64{0.0001, 0.001, 0.01, 0.1, 1}
	state := uint64(1)
	values := make([]float64, 1024)
	for i := range values {
		state = state*6_364_136_223_846_793_005 + 1_442_695_040_888_963_407
		values[i] = magnitudes[(state>>33)%5] * float64(100+(state>>40)%900) / 100
	}
	return values
}

func newCounter() prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: "bench_operations_total", Help: "Operations."})
}

func newRequests() *prometheus.CounterVec {
	return prometheus.NewCounterVec(
		prometheus.CounterOpts{Name: "bench_requests_total", Help: "Requests answered."}, []string{"method", "route"})
}

func classic() prometheus.Histogram {
	return prometheus.NewHistogram(
		prometheus.HistogramOpts{Name: "bench_duration_seconds", Help: "Durations.", Buckets: bounds})
}

// native has schema 3, whose factor is 1.09.
func native() prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "bench_duration_seconds", Help: "Durations.", NativeHistogramBucketFactor: 1.1,
		NativeHistogramMaxBucketNumber: 160})
}

func counter() work {
	counter := newCounter()
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			counter.Inc()
		}
		return time.Since(start)
	}
}

// on2Threads divides the wall time by all operations, as testing.B.RunParallel does. Each waits for the other, so that
// one does not end before the other begins.
func on2Threads(operations int, body func(operations int)) time.Duration {
	var group sync.WaitGroup
	var missing atomic.Int32
	var start atomic.Int64
	missing.Store(2)
	origin := time.Now()
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			if missing.Add(-1) == 0 {
				start.Store(int64(time.Since(origin)))
			}
			for start.Load() == 0 {
			}
			body(operations / 2)
		}()
	}
	group.Wait()
	return time.Since(origin) - time.Duration(start.Load())
}

func counterOn2Threads() work {
	counter := newCounter()
	return func(operations int) time.Duration {
		return on2Threads(operations, func(operations int) {
			for i := 0; i < operations; i++ {
				counter.Inc()
			}
		})
	}
}

func lookup(routes []string, areCopies bool) work {
	requests := newRequests()
	var pairs [16][2]string
	for i := range pairs {
		method, route := methods[i/4], routes[i%4]
		requests.WithLabelValues(method, route).Inc()
		if areCopies {
			method, route = strings.Clone(method), strings.Clone(route)
		}
		pairs[i] = [2]string{method, route}
	}
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			pair := &pairs[i&15]
			requests.WithLabelValues(pair[0], pair[1]).Inc()
		}
		return time.Since(start)
	}
}

func observing(histogram prometheus.Histogram) work {
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			histogram.Observe(values[i&1023])
		}
		return time.Since(start)
	}
}

func histogramOn2Threads() work {
	histogram := classic()
	return func(operations int) time.Duration {
		return on2Threads(operations, func(operations int) {
			for i := 0; i < operations; i++ {
				histogram.Observe(values[i&1023])
			}
		})
	}
}
