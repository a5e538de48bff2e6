import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BrokenRule } from '#kernel/assert.ts';
import { addMetadata, mergeMetadata } from './pdf-metadata.ts';

const schemas = (...entries: string[]): string =>
  `<pdfaExtension:schemas><rdf:Bag>${entries.join('')}</rdf:Bag></pdfaExtension:schemas>`;
const described = (inside: string): string => `<rdf:Description rdf:about="">${inside}</rdf:Description>`;
const rdf = (...descriptions: string[]): string => `<x><rdf:RDF>${descriptions.join('')}</rdf:RDF></x>`;

test('descriptions are added, and schemas join those that are declared already', () => {
  const known = rdf(described(`<a>1</a>${schemas('<one/>')}`));
  assert.equal(
    mergeMetadata(known, described('<b>$& 2</b>') + described(schemas('<two/>'))),
    rdf(described(`<a>1</a>${schemas('<one/>', '<two/>')}`), described('<b>$& 2</b>')),
  );
  assert.equal(
    mergeMetadata(rdf(described('<a/>')), described(schemas('<two/>'))),
    rdf(described('<a/>'), described(schemas('<two/>'))),
  );
});

test('what is no file of our compiler is not extended', () => {
  assert.throws(() => addMetadata(Buffer.from('%PDF-1.7\n'), described('<a/>')), BrokenRule);
  assert.throws(() => mergeMetadata('<x/>', described('<a/>')), BrokenRule);
});
