package main

import (
	"io"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

const requestID = "4bf92f3577b34da6a3ce929d0e0e4736"

// newZap writes what our lines have: time, level, service, logger and message beside the fields.
func newZap() *zap.Logger {
	encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{
		TimeKey: "time", LevelKey: "level", NameKey: "logger", MessageKey: "message", LineEnding: "\n",
		EncodeLevel: zapcore.LowercaseLevelEncoder, EncodeTime: zapcore.RFC3339NanoTimeEncoder,
		EncodeDuration: zapcore.SecondsDurationEncoder})
	core := zapcore.NewCore(encoder, zapcore.AddSync(io.Discard), zapcore.InfoLevel)
	return zap.New(core).With(zap.String("service", "bench")).Named("bench.requests")
}

func zapInfo(logger *zap.Logger, i int) {
	logger.Info("Request answered.", zap.String("method", "GET"), zap.String("route", "/api/v1/productos/{id}"),
		zap.Int("status", 200), zap.Int("bytes", i&4095), zap.Float64("duration_seconds", 0.001234),
		zap.String("request_id", requestID))
}

func zapLine() work {
	logger := newZap()
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			zapInfo(logger, i)
		}
		return time.Since(start)
	}
}

func zerologLine() work {
	zerolog.TimeFieldFormat = time.RFC3339Nano
	logger := zerolog.New(io.Discard).With().Str("service", "bench").Str("logger", "bench.requests").Logger()
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			logger.Info().Timestamp().Str("method", "GET").Str("route", "/api/v1/productos/{id}").Int("status", 200).
				Int("bytes", i&4095).Float64("duration_seconds", 0.001234).Str("request_id", requestID).
				Msg("Request answered.")
		}
		return time.Since(start)
	}
}

// request records what one request of a service does: a histogram with an exemplar, two counters, a log line.
func request() work {
	labels := []string{"method", "status"}
	durations := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "bench_request_duration_seconds", Help: "Durations of requests.", Buckets: bounds}, labels)
	answered := prometheus.NewCounterVec(
		prometheus.CounterOpts{Name: "bench_requests_total", Help: "Requests answered."}, labels)
	sent := newCounter()
	logger := newZap()
	outcomes := []string{"ok", "created", "notFound", "failed"}
	// Looked up once, as ours are.
	var observers [16]prometheus.ExemplarObserver
	var counters [16]prometheus.Counter
	for i := range observers {
		method, outcome := methods[i/4], outcomes[i%4]
		observers[i] = durations.WithLabelValues(method, outcome).(prometheus.ExemplarObserver)
		counters[i] = answered.WithLabelValues(method, outcome)
	}
	return func(operations int) time.Duration {
		start := time.Now()
		for i := 0; i < operations; i++ {
			observers[i&15].ObserveWithExemplar(values[i&1023],
				prometheus.Labels{"trace_id": requestID, "span_id": "00f067aa0ba902b7"})
			counters[i&15].Inc()
			sent.Add(float64(i & 4095))
			zapInfo(logger, i)
		}
		return time.Since(start)
	}
}
