/* The condition language. Every decision needs one token of lookahead. */
parser grammar ConditionGrammar;

options {
  tokenVocab = ConditionLexer;
}

condition
  : disjunction EOF
  ;

// "or(" and "and(" take the group in parentheses as a whole: what follows it is not part of a
// conjunction any more.
disjunction
  : conjunction (orTail)*
  ;

orTail
  : OR conjunction
  | OR_OPEN disjunction CLOSE
  ;

conjunction
  : negation (andTail)*
  ;

andTail
  : AND negation
  | AND_OPEN disjunction CLOSE
  ;

negation
  : NOT* (NOT_OPEN disjunction CLOSE | OPEN disjunction CLOSE | MACRO | left comparison)
  ;

left
  : field
  | transformer
  ;

comparison
  : EXISTS
  | ORDER numberValue
  | (EQUALITY | TEXT_OPERATOR) textValue
  | LIST_OPERATOR listValue
  ;

numberValue
  : NUMBER
  | transformer
  | val
  ;

textValue
  : STRING
  | BARE
  | transformer
  | val
  | MODIFIER modifiedValue
  ;

modifiedValue
  : list
  | NAME
  ;

listValue
  : list
  | NAME
  | transformer
  | val
  ;

list
  : LIST_OPEN (listItem (COMMA listItem)*)? CLOSE
  ;

listItem
  : STRING
  | BARE
  ;

field
  : FIELD
  | FIELD_BRACKET argument
  ;

argument
  : (STRING | BARE) BRACKET_CLOSE
  ;

transformer
  : TRANSFORMER transformerArgument (COMMA transformerArgument)* transformerEnd
  ;

val
  : VAL field transformerEnd
  ;

transformerEnd
  : CLOSE
  | CLOSE_BRACKET argument
  ;

transformerArgument
  : NUMBER
  | STRING
  | field
  | transformer
  | transformerList
  ;

transformerList
  : LIST_OPEN (CLOSE | transformerListItem (COMMA transformerListItem)* CLOSE)
  ;

transformerListItem
  : field
  | transformer
  | STRING
  | NUMBER
  ;
