package org.thurn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelloTest {
  @Test
  void hello() {
    assertThat(1 + 1).isEqualTo(2);
  }
}
