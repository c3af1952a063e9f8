package io.jfalco.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jfalco.event.Bytes;
import org.junit.jupiter.api.Test;

class UserTableTest {
  private final UserTable users = new UserTable();

  private static UserTable.User user(long uid, String name) {
    return new UserTable.User(uid, uid, Bytes.of(name), Bytes.of("/"), Bytes.of("/bin/sh"));
  }

  private static Container container(String id) {
    return new Container("docker", id, id);
  }

  @Test
  void eachContainerHasItsOwn() {
    Container one = container("one");
    assertThat(users.user(one, 1)).isNull();
    users.add(user(1, "host"));
    users.add("one", user(1, "inside"));
    users.addGroup("one", 2, Bytes.of("staff"));
    assertThat(users.user(Container.HOST, 1).name()).hasToString("host");
    assertThat(users.user(one, 1).name()).hasToString("inside");
    assertThat(users.group(one, 2)).hasToString("staff");
    assertThat(users.user(container("two"), 1)).isNull();
    users.add("one", user(1, "renamed"));
    assertThat(users.user(one, 1).name()).hasToString("renamed");
    users.remove("one", 1);
    assertThat(users.user(one, 1)).isNull();
    users.forget("one");
    assertThat(users.group(one, 2)).isNull();
    users.forget("");
    assertThat(users.user(Container.HOST, 1)).isNotNull();
  }

  @Test
  void memoryIsBounded() {
    String name = "x".repeat(255);
    for (int i = 0; i < 100; i++) {
      for (int uid = 0; uid < 1000; uid++) {
        users.add("c" + i, user(uid, name));
      }
    }
    assertThat(users.user(container("c0"), 1)).isNull();
    assertThat(users.user(container("c99"), 1)).isNotNull();
    long[] bytes = new long[1];
    users.forEach(
        new UserTable.Visitor() {
          @Override
          public void user(String containerId, UserTable.User user) {
            bytes[0] += user.name().length();
          }

          @Override
          public void group(String containerId, long gid, Bytes group) {
            bytes[0] += group.length();
          }
        });
    assertThat(bytes[0]).isBetween(1L << 20, 8L << 20);
  }

  @Test
  void theNumberOfContainersIsBounded() {
    for (int i = 0; i < 1025; i++) {
      users.add("c" + i, user(1, "somebody"));
    }
    assertThat(users.user(container("c0"), 1)).isNull();
    assertThat(users.user(container("c1"), 1)).isNotNull();
    assertThat(users.user(container("c1024"), 1)).isNotNull();
  }
}
