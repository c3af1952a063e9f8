package io.jfalco.cli;

import io.jfalco.field.FieldCatalog;
import io.jfalco.field.FieldListing;
import java.util.List;
import java.util.Optional;

/** {@code --list}: the fields that rules can use, by family. */
final class FieldsCommand {
  private static final List<String> SOURCES = List.of("syscall");

  private final FieldListing listing;
  private final Options options;
  private final Optional<String> source;

  FieldsCommand(FieldCatalog catalog, Options options) throws UsageException {
    this.options = options;
    listing = new FieldListing(catalog, SOURCES);
    source = Optional.of(options.listFields).filter(name -> !name.isEmpty());
    if (source.isPresent() && !SOURCES.contains(source.get())) {
      throw new UsageException("Value for --list must be a valid source type");
    }
  }

  String text() {
    boolean json = options.listingFormat().equals("json");
    if (options.namesOnly) {
      return json ? listing.jsonNames(source) : listing.names(source);
    }
    if (json) {
      return listing.json(source);
    }
    return options.listingFormat().equals("markdown")
        ? listing.markdown(source)
        : listing.text(source, options.verbose);
  }
}
