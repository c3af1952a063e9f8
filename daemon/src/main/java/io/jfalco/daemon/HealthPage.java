package io.jfalco.daemon;

import io.jfalco.daemon.web.Answer;
import io.jfalco.daemon.web.Page;
import io.jfalco.issue.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Falco's answer while all is well; the problems when it is not. */
final class HealthPage implements Page {
  private static final String WELL = "{\"status\": \"ok\"}";

  private final Health health;

  HealthPage(Health health) {
    this.health = health;
  }

  @Override
  public Optional<Answer> answer() {
    List<String> problems = health.problems();
    List<String> degradations = health.degradations();
    if (problems.isEmpty() && degradations.isEmpty()) {
      return Optional.of(Answer.json(200, WELL));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", problems.isEmpty() ? "ok" : "failed");
    if (!problems.isEmpty()) {
      body.put("problems", problems);
    }
    if (!degradations.isEmpty()) {
      body.put("degraded", degradations);
    }
    return Optional.of(Answer.json(problems.isEmpty() ? 200 : 503, Json.write(body)));
  }
}
