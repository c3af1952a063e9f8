/*
 * Tokens of the condition language.
 *
 * What a character means depends on what came before it: "in" starts a check as the name of a macro,
 * stands behind a field as an operator, and is plain text behind "=". So there is one mode for each
 * place, and every mode ends in a rule that takes any other character as UNEXPECTED.
 *
 *   check ----- field, transformer(...) -----> OPERATOR --+--> AFTER
 *     ^  \----- macro --------------------------------+   |
 *     |                                               v   |--> NUMBER_VALUE, TEXT_VALUE, LIST_VALUE --> AFTER
 *     +------------------ and, or ------------------ AFTER
 */
lexer grammar ConditionLexer;

options {
  superClass = ContextLexer;
}

tokens {
  CLOSE,
  COMMA,
  LIST_OPEN,
  NAME,
  STRING,
  BARE,
  NUMBER,
  VAL
}

// Start of a check

BLANK: Blank+ -> skip;
NOT: 'not' [ \t\r\n\f\u000B]+;
NOT_OPEN: 'not(';
OPEN: '(';
FIELD: FieldName -> mode(OPERATOR);
FIELD_BRACKET: FieldName '[' -> mode(OPERATOR), pushMode(ARGUMENT);
TRANSFORMER: TransformerName '(' -> mode(OPERATOR), pushMode(TRANSFORM);
MACRO: Identifier -> mode(AFTER);
UNEXPECTED: .;

fragment Blank: [ \t\b\r\n];
fragment Identifier: [a-zA-Z] [a-zA-Z0-9_]*;
fragment FieldName: Identifier ('.' Identifier)+;
fragment TransformerName:
  'tolower' | 'toupper' | 'b64' | 'basename' | 'len' | 'join' | 'concat' | 'getopt';
fragment HexNumber: '0' [xX] [0-9a-fA-F]+;
fragment DecimalNumber: [+\-]? [0-9]+ '.'? [0-9]* ([eE] [+\-] [0-9]+)?;
// Ends at the first quote that no backslash stands directly before; cannot contain NUL.
fragment DoubleQuoted: '"' (~["\\\u0000] | '\\'+ ~[\\\u0000])* '"';
fragment SingleQuoted: '\'' (~['\\\u0000] | '\\'+ ~[\\\u0000])* '\'';
fragment BareCharacter: ~[()"' \t\r\n\f\u000B=,];
// Blanks before a value were skipped already, so it cannot start with one.
fragment BareText: ~[()"' \t\b\r\n\f\u000B=,] BareCharacter*;

// Behind a complete check
mode AFTER;

AFTER_BLANK: Blank+ -> skip;
AND: 'and' Blank+ -> mode(DEFAULT_MODE);
AND_OPEN: 'and(' -> mode(DEFAULT_MODE);
AND_ALONE: 'and';
OR: 'or' Blank+ -> mode(DEFAULT_MODE);
OR_OPEN: 'or(' -> mode(DEFAULT_MODE);
OR_ALONE: 'or';
AFTER_CLOSE: ')' -> type(CLOSE);
AFTER_UNEXPECTED: . -> type(UNEXPECTED);

// Behind the left side of a check
mode OPERATOR;

OPERATOR_BLANK: Blank+ -> skip;
EXISTS: 'exists' -> mode(AFTER);
ORDER: ('<=' | '<' | '>=' | '>') -> mode(NUMBER_VALUE);
EQUALITY: ('==' | '=' | '!=') -> mode(TEXT_VALUE);
TEXT_OPERATOR:
  ( 'glob'
  | 'iglob'
  | 'contains'
  | 'icontains'
  | 'bcontains'
  | 'startswith'
  | 'bstartswith'
  | 'endswith'
  | 'regex'
  ) {blankFollows()}? -> mode(TEXT_VALUE);
LIST_OPERATOR: ('in' | 'intersects' | 'pmatch') -> mode(LIST_VALUE);
OPERATOR_UNEXPECTED: . -> type(UNEXPECTED);

// Right side of an order
mode NUMBER_VALUE;

NUMBER_BLANK: Blank+ -> skip;
NUMBER_NUMBER: (HexNumber | DecimalNumber) -> type(NUMBER), mode(AFTER);
NUMBER_VAL: 'val(' -> type(VAL), mode(AFTER), pushMode(TRANSFORM);
NUMBER_TRANSFORMER: TransformerName '(' -> type(TRANSFORMER), mode(AFTER), pushMode(TRANSFORM);
NUMBER_UNEXPECTED: . -> type(UNEXPECTED);

// Right side of an equality or a text operator
mode TEXT_VALUE;

// Only before a list; otherwise the word is the value: proc.name = oneof
MODIFIER: Blank+ ('oneof' | 'anyof' | 'allof') Blank+ {listFollows()}? -> mode(MODIFIED_VALUE);
TEXT_BLANK: Blank+ -> skip;
TEXT_VAL: 'val(' -> type(VAL), mode(AFTER), pushMode(TRANSFORM);
TEXT_TRANSFORMER: TransformerName '(' -> type(TRANSFORMER), mode(AFTER), pushMode(TRANSFORM);
TEXT_STRING: (DoubleQuoted | SingleQuoted) -> type(STRING), mode(AFTER);
TEXT_BARE: BareText -> type(BARE), mode(AFTER);
TEXT_UNEXPECTED: . -> type(UNEXPECTED);

// Behind a modifier
mode MODIFIED_VALUE;

MODIFIED_OPEN: '(' -> type(LIST_OPEN), mode(LIST);
MODIFIED_NAME: Identifier -> type(NAME), mode(AFTER);
MODIFIED_UNEXPECTED: . -> type(UNEXPECTED);

// Right side of a list operator
mode LIST_VALUE;

LIST_VALUE_BLANK: Blank+ -> skip;
LIST_VALUE_OPEN: '(' -> type(LIST_OPEN), mode(LIST);
LIST_VALUE_VAL: 'val(' -> type(VAL), mode(AFTER), pushMode(TRANSFORM);
LIST_VALUE_TRANSFORMER: TransformerName '(' -> type(TRANSFORMER), mode(AFTER), pushMode(TRANSFORM);
LIST_VALUE_NAME: Identifier -> type(NAME), mode(AFTER);
LIST_VALUE_UNEXPECTED: . -> type(UNEXPECTED);

// Inside a list of values
mode LIST;

LIST_BLANK: Blank+ -> skip;
LIST_STRING: (DoubleQuoted | SingleQuoted) -> type(STRING);
LIST_BARE: BareText -> type(BARE);
LIST_COMMA: ',' -> type(COMMA);
LIST_CLOSE: ')' -> type(CLOSE), mode(AFTER);
LIST_UNEXPECTED: . -> type(UNEXPECTED);

// Arguments of a transformer, and lists in them
mode TRANSFORM;

TRANSFORM_BLANK: Blank+ -> skip;
TRANSFORM_NUMBER: (HexNumber | DecimalNumber) -> type(NUMBER);
TRANSFORM_STRING: (DoubleQuoted | SingleQuoted) -> type(STRING);
TRANSFORM_TRANSFORMER: TransformerName '(' -> type(TRANSFORMER), pushMode(TRANSFORM);
TRANSFORM_FIELD: FieldName -> type(FIELD);
TRANSFORM_FIELD_BRACKET: FieldName '[' -> type(FIELD_BRACKET), pushMode(ARGUMENT);
TRANSFORM_COMMA: ',' -> type(COMMA);
TRANSFORM_OPEN: '(' -> type(LIST_OPEN), pushMode(TRANSFORM);
TRANSFORM_CLOSE: ')' -> type(CLOSE), popMode;
CLOSE_BRACKET: ')[' -> mode(ARGUMENT);
TRANSFORM_UNEXPECTED: . -> type(UNEXPECTED);

// Argument of a field or transformer, in brackets
mode ARGUMENT;

ARGUMENT_STRING: (DoubleQuoted | SingleQuoted) -> type(STRING);
ARGUMENT_BARE: ~[[\]"' \t\r\n\f\u000B]+ -> type(BARE);
BRACKET_CLOSE: ']' -> popMode;
ARGUMENT_UNEXPECTED: . -> type(UNEXPECTED);
