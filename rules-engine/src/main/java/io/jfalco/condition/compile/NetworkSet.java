package io.jfalco.condition.compile;

import io.jfalco.event.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Networks, one of which an address must be in. Immutable. */
final class NetworkSet implements BytesMatcher, Alternatives {
  private final Set<Network> networks;
  private final Network[] each;

  NetworkSet(Set<Network> networks) {
    this.networks = Set.copyOf(networks);
    this.each = networks.toArray(new Network[0]);
  }

  List<Network> networks() {
    return List.of(each);
  }

  @Override
  public boolean matches(Bytes address) {
    for (Network network : each) {
      if (network.matches(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<Alternatives> necessary() {
    return Optional.of(this);
  }

  @Override
  public NetworkSet or(Alternatives other) {
    Set<Network> all = new LinkedHashSet<>(networks());
    all.addAll(((NetworkSet) other).networks());
    return new NetworkSet(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkSet set && networks.equals(set.networks);
  }

  @Override
  public int hashCode() {
    return networks.hashCode();
  }
}
