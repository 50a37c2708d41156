/// nginx' access log, a JSON line a request with the keys of our own services' lines.
struct NginxAccessLog {
  let path: String

  /// Inside `http`. A key that has no value is left out, which takes a format for each case. The position in the trace is
  /// the one of the service's answer, by which its own line is found; else the client's.
  var directives: String {
    #"""
      map $status $log_level {
        default info;
        "~^5" error;
      }
      # Seconds with three decimals, as a number of milliseconds.
      map $request_time $duration_ms {
        default 0;
        "~^0[.]0*(?<below_one>[1-9][0-9]*)$" $below_one;
        "~^(?<whole>[1-9][0-9]*)[.](?<thousandths>[0-9]{3})$" $whole$thousandths;
      }
      map "$upstream_http_traceparent $http_traceparent" $trace_id {
        default "";
        "~^ ?[0-9a-f]{2}-(?<trace>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}" $trace;
      }
      map "$upstream_http_traceparent $http_traceparent" $span_id {
        default "";
        "~^ ?[0-9a-f]{2}-[0-9a-f]{32}-(?<span>[0-9a-f]{16})-[0-9a-f]{2}" $span;
      }
      map $trace_id $has_no_trace {
        default 0;
        "" 1;
      }
      log_format traced escape=json '\#(line(trace: true))';
      log_format untraced escape=json '\#(line(trace: false))';
      access_log \#(path) traced if=$trace_id;
      access_log \#(path) untraced if=$has_no_trace;
    """#
  }

  private func line(trace: Bool) -> String {
    let position = trace ? #""span_id":"$span_id","trace_id":"$trace_id","# : ""
    return #"{"time":"$time_iso8601","level":"$log_level","service":"nginx","logger":"access","#
      + #""message":"request answered","bytes":$body_bytes_sent,"duration_ms":$duration_ms,"#
      + #""method":"$request_method","path":"$uri","remote":"$remote_addr","request_id":"$id","#
      + position + #""status":$status,"upstream_status":"$upstream_status"}"#
  }
}
