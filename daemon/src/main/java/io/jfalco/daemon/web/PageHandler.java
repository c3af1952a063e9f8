package io.jfalco.daemon.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Answers GET and HEAD on the paths that there are; all else is not found, as with Falco. */
final class PageHandler implements HttpHandler {
  private static final Answer INTERRUPTED = Answer.json(503, "{\"status\": \"stopping\"}");

  private final Map<String, Page> pages;

  /** So many pages are made at a time. */
  private final Semaphore places;

  PageHandler(Map<String, Page> pages, int atATime) {
    this.pages = pages;
    this.places = new Semaphore(atATime);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Answer> answer = answer(exchange);
      if (answer.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = answer.get().bytes();
      exchange.getResponseHeaders().set("Content-Type", answer.get().type());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(answer.get().status(), -1);
      } else {
        exchange.sendResponseHeaders(answer.get().status(), body.length);
        exchange.getResponseBody().write(body);
        // Closing waits for what the client has promised to send, on newer JDKs before it flushes.
        exchange.getResponseBody().flush();
      }
    }
  }

  private Optional<Answer> answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null || !(method.equals("GET") || method.equals("HEAD"))) {
      return Optional.empty();
    }
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(INTERRUPTED);
    }
    try {
      return page.answer();
    } finally {
      places.release();
    }
  }
}
