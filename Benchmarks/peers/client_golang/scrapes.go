package main

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

const (
	text        = expfmt.FmtText
	openMetrics = expfmt.FmtOpenMetrics
	protobuf    = expfmt.FmtProtoDelim

	families = 10
)

// newRegistry has five families of counters and five of gauges, two labels each; half of the values are no integers.
func newRegistry(series int) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	labels := []string{"method", "route"}
	perFamily := series / families
	for family := 0; family < families/2; family++ {
		counter := prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: fmt.Sprintf("bench_counter_%d_total", family), Help: "A counter of the benchmark."}, labels)
		gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: fmt.Sprintf("bench_gauge_%d", family), Help: "A gauge of the benchmark."}, labels)
		registry.MustRegister(counter, gauge)
		for i := 0; i < perFamily; i++ {
			method, route := methods[i%4], fmt.Sprintf("/api/v1/productos/%d", i/4)
			counter.WithLabelValues(method, route).Add(value(i, family))
			gauge.WithLabelValues(method, route).Set(value(i, family))
		}
	}
	return registry
}

func value(i, family int) float64 {
	whole := float64(i*7 + family)
	if i%2 == 0 {
		return whole
	}
	return whole/7 + 0.3
}

// scrape does what promhttp does for each request: it gathers and encodes.
func scrape(series int, format expfmt.Format) work {
	registry := newRegistry(series)
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations/series; i++ {
			encode(registry, format, io.Discard)
		}
		return time.Since(start)
	}
}

func encode(registry *prometheus.Registry, format expfmt.Format, writer io.Writer) {
	gathered, err := registry.Gather()
	if err != nil {
		fail(err.Error())
	}
	encoder := expfmt.NewEncoder(writer, format)
	for _, family := range gathered {
		if err := encoder.Encode(family); err != nil {
			fail(err.Error())
		}
	}
	if closer, isCloser := encoder.(expfmt.Closer); isCloser {
		if err := closer.Close(); err != nil {
			fail(err.Error())
		}
	}
}

func page(series int) []byte {
	var buffer bytes.Buffer
	encode(newRegistry(series), text, &buffer)
	return buffer.Bytes()
}
