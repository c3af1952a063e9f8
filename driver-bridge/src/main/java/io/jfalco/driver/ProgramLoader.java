package io.jfalco.driver;

import io.jfalco.driver.DriverException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Loads the eBPF object. libbpf fails as a whole when the verifier refuses one program; so the
 * object is then loaded again without that one, until the rest works.
 */
final class ProgramLoader {
  /** The program without which there are no events. */
  static final String DISPATCHER = "sys_exit";

  /** More refused programs than this are no accident: the kernel is not fit. */
  private static final int MOST_REFUSED = 24;

  private static final List<String> MAPS_BY_CPU = List.of("rings", "stats");

  /** Has one entry more, for the iterators. */
  private static final String SCRATCH = "scratch";

  /** The map of {@link Keepers}. */
  private static final String KEPT = "names";

  private final NativeBpf.Functions functions;
  private final Path object;
  private final Diagnosis diagnosis;
  private final Predicate<String> wanted;
  private List<String> programs = List.of();

  /** A program that was refused. */
  record Refusal(BpfError error, Optional<Path> log) {}

  /**
   * What was loaded.
   *
   * @param bpf the open object; the receiver closes it
   * @param programs names of the programs that are in the kernel, as in the object
   * @param refused those that are not
   */
  record Loaded(NativeBpf bpf, List<String> programs, Map<String, Refusal> refused) {}

  /**
   * A loader.
   *
   * @param wanted whether a program of the object is loaded
   */
  ProgramLoader(
      NativeBpf.Functions functions, Path object, Diagnosis diagnosis, Predicate<String> wanted) {
    this.functions = functions;
    this.object = object;
    this.diagnosis = diagnosis;
    this.wanted = wanted;
  }

  Loaded load() throws DriverException {
    Map<String, Refusal> refused = new LinkedHashMap<>();
    while (true) {
      Optional<Path> log = logFile();
      Optional<Loaded> loaded = attempt(refused, log);
      if (loaded.isPresent()) {
        log.ifPresent(ProgramLoader::delete);
        return loaded.get();
      }
    }
  }

  /** One try; empty when one more program was refused. */
  private Optional<Loaded> attempt(Map<String, Refusal> refused, Optional<Path> log)
      throws DriverException {
    NativeBpf bpf = null;
    boolean done = false;
    try {
      bpf = new NativeBpf(functions, log);
      bpf.open(object);
      NativeBpf.Contents contents = bpf.contents();
      prepare(bpf, contents, refused);
      bpf.loadIntoKernel();
      done = true;
      return Optional.of(
          new Loaded(bpf, loadedOf(contents, refused), new LinkedHashMap<>(refused)));
    } catch (BpfError error) {
      String name = bpf == null ? "" : bpf.refused();
      if (isFatal(name, error, refused)) {
        throw failed(error, log);
      }
      refuse(name, error, log, refused);
      return Optional.empty();
    } finally {
      if (bpf != null && !done) {
        bpf.close();
      }
    }
  }

  /** A kernel that does not permit one hook permits none: no need to ask for each. */
  private void refuse(
      String name, BpfError error, Optional<Path> log, Map<String, Refusal> refused) {
    if (!Keepers.mayBeRefused(name)) {
      refused.put(name, new Refusal(error, log));
      return;
    }
    log.ifPresent(ProgramLoader::delete);
    Refusal refusal = new Refusal(error, Optional.empty());
    refused.put(name, refusal);
    boolean none = error.errno() == Errno.EPERM || error.errno() == Errno.ENOTSUPP;
    if (Keepers.isHook(name) && none) {
      programs.stream().filter(Keepers::isHook).forEach(hook -> refused.putIfAbsent(hook, refusal));
    }
  }

  private void prepare(NativeBpf bpf, NativeBpf.Contents contents, Map<String, Refusal> refused)
      throws BpfError {
    int cpus = bpf.possibleCpus();
    for (NativeBpf.BpfMap map : contents.maps()) {
      if (MAPS_BY_CPU.contains(map.name())) {
        bpf.maxEntries(map.name(), cpus);
      } else if (map.name().equals(SCRATCH)) {
        bpf.maxEntries(SCRATCH, cpus + 1);
      }
    }
    programs = contents.programs().stream().map(NativeBpf.Program::name).toList();
    if (programs.stream().noneMatch(name -> Keepers.isKeeper(name) && wanted.test(name))) {
      bpf.maxEntries(KEPT, 1);
    }
    for (String name : programs) {
      if (!isLoaded(name, refused)) {
        bpf.autoload(name, false);
      }
    }
  }

  private boolean isFatal(String name, BpfError error, Map<String, Refusal> refused) {
    return name.isEmpty()
        || name.equals(DISPATCHER)
        || refused.containsKey(name)
        || refused.keySet().stream().filter(one -> !Keepers.mayBeRefused(one)).count()
            >= MOST_REFUSED
        || diagnosis.concernsAll(error);
  }

  private DriverException failed(BpfError error, Optional<Path> log) {
    DriverException explained = diagnosis.explain(Code.LOAD_FAILED, error);
    return new DriverException(
        explained.code(),
        explained.operation(),
        explained.errno(),
        explained.reason(),
        explained.fix() + log.map(file -> " (details: " + file + ")").orElse(""),
        error);
  }

  private List<String> loadedOf(NativeBpf.Contents contents, Map<String, Refusal> refused) {
    List<String> names = new ArrayList<>();
    for (NativeBpf.Program program : contents.programs()) {
      if (isLoaded(program.name(), refused)) {
        names.add(program.name());
      }
    }
    return List.copyOf(names);
  }

  private boolean isLoaded(String program, Map<String, Refusal> refused) {
    return !refused.containsKey(program) && wanted.test(program);
  }

  /** A fresh file only we can read, under a name nobody can guess. */
  private static Optional<Path> logFile() {
    try {
      return Optional.of(Files.createTempFile("jfalco-verifier-", ".log"));
    } catch (IOException noPlace) {
      return Optional.empty();
    }
  }

  /** Removes a log that nobody will be told of. */
  static void delete(Path log) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException left) {
      // An empty file stays behind; nothing depends on it.
    }
  }
}
