package dev.systole.spec;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks the elements of an XML text and reads their attributes. Document types, entities, deep
 * nesting and numbers out of range are refused, with the line.
 */
final class GenxmlCursor {
  private static final XMLInputFactory FACTORY = secureFactory();

  /** Genxml, instruction, groups in groups, field, value. */
  private static final int MAX_DEPTH = 12;

  private final String fileName;
  private final XMLStreamReader xml;
  private int depth;

  GenxmlCursor(String fileName, String text) {
    this.fileName = fileName;
    try {
      xml = FACTORY.createXMLStreamReader(new StringReader(text));
    } catch (XMLStreamException e) {
      throw notXml(e);
    }
  }

  private static XMLInputFactory secureFactory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return factory;
  }

  /** The name of the element that the cursor is on. */
  String element() {
    return xml.getLocalName();
  }

  /** Steps to the next child; false: at the end of the parent. */
  boolean nextElement() {
    try {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++depth > MAX_DEPTH) throw refused("nested too deep");
            return true;
          }
          case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
            depth--;
            return false;
          }
          case XMLStreamConstants.DTD -> throw refused("a document type is not allowed");
          case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("entities are not allowed");
          default -> {}
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw notXml(e);
    }
  }

  /** Leaves an element that may have no children. */
  void skipChildren() {
    if (nextElement()) throw unexpected();
  }

  /** An attribute, or null. */
  String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  /** An attribute that must be there. */
  String text(String attribute) {
    String value = attribute(attribute);
    if (value == null || value.isEmpty()) {
      throw refused("<%s> has no %s".formatted(element(), attribute));
    }
    return value;
  }

  /** A number within limits, or {@code otherwise} when the attribute is not there. */
  int integer(String attribute, int least, int most, int otherwise) {
    String value = attribute(attribute);
    if (value == null) return otherwise;
    long number = number(attribute, value);
    if (number < least || number > most) {
      throw refused("%s %s is not between %d and %d".formatted(attribute, value, least, most));
    }
    return (int) number;
  }

  long number(String attribute, String value) {
    try {
      return Long.decode(value);
    } catch (NumberFormatException e) {
      throw refused("%s '%s' is not a number".formatted(attribute, value));
    }
  }

  SpecException unexpected() {
    return refused("<%s> is not expected here".formatted(element()));
  }

  SpecException refused(String why) {
    int line = xml.getLocation().getLineNumber();
    return new SpecException("%s:%d: %s".formatted(fileName, line, why));
  }

  private SpecException notXml(XMLStreamException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new SpecException(fileName + ": not XML: " + why);
  }
}
