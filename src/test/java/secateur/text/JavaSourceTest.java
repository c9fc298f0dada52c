package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSourceTest {
  private static Optional<String> document(String path, String text) {
    return JavaSource.document(path, text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/* Licensed to the ASF */\npackage a;",
    "/*\r\n * Copyright 2020\r\n */\r\n\r\npackage a;\r\n",
    "// Copyright X\n// All rights reserved\n  // end\npackage a;",
    "\uFEFF/* LICENCE */\n/* Copyright */ package a;",
    "\n\npackage a;"})
  void licenceHeadGoes(String text) {
    assertThat(document("a/B.java", text)).contains("package a;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/* what it does */\npackage a;", "package a;\n/* licence */", "/* licence of no end", "/*/ licence"})
  void otherCommentsStay(String text) {
    assertThat(document("B.java", text)).contains(text);
  }

  @Test
  void whatIsNoDocument() {
    assertThat(document("a/package-info.java", "package a;")).isEmpty();
    assertThat(document("module-info.java", "module a { }")).isEmpty();
    assertThat(document("a/B.kt", "package a;")).isEmpty();
    assertThat(document("a/B.java", "// licence only")).isEmpty();
    assertThat(document("a/B.java", "package a; // THIS IS GENERATED, DO NOT EDIT")).isEmpty();
    assertThat(document("a/B.java", "x".repeat(200_001))).isEmpty();
    assertThat(document("a/B.java", "x".repeat(200_000))).isPresent();
  }
}
