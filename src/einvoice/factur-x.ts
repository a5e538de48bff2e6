// What makes a PDF a hybrid invoice (Factur-X, ZUGFeRD 2): the XML to put into it, under which name, and what its metadata
// say. Drawing the PDF and making it PDF/A-3 is the business of whoever draws.

import { escapeXml } from '#formats/xml-writer.ts';
import type { EInvoice } from './model.ts';
import { writeCii } from './write-cii.ts';
import { type WrittenProfile, withProfile } from './written-profile.ts';

/** The levels that are put into a PDF. */
export type HybridProfile = Extract<WrittenProfile, 'factur_x' | 'xrechnung_cii'>;

/** An invoice to embed in a PDF/A-3. */
export type HybridInvoice = {
  readonly xml: Buffer;
  /** The name readers look for. */
  readonly fileName: 'factur-x.xml' | 'xrechnung.xml';
  readonly mime: 'application/xml';
  /** The value of AFRelationship: the XML says the same as the pages do. */
  readonly relationship: 'Alternative';
  readonly description: string;
  /**
   * For the XMP metadata of the PDF: two `rdf:Description` elements to put inside its `rdf:RDF`, one with the four properties of
   * Factur-X, one that declares them, as PDF/A asks of properties it does not know itself.
   */
  readonly xmp: string;
};

/** Names of the levels in the metadata, and the version of what the XML follows. */
const LEVELS: Readonly<Record<HybridProfile, { level: string; version: string }>> = {
  factur_x: { level: 'EN 16931', version: '1.0' },
  xrechnung_cii: { level: 'XRECHNUNG', version: '3.0' },
};

/** The XML of an invoice for a PDF, with all that has to be said of it there. The same invoice gives the same bytes. */
export function hybridInvoice(invoice: EInvoice, profile: HybridProfile = 'factur_x'): HybridInvoice {
  const fileName = profile === 'xrechnung_cii' ? 'xrechnung.xml' : 'factur-x.xml';
  return {
    xml: Buffer.from(writeCii(withProfile(invoice, profile))),
    fileName,
    mime: 'application/xml',
    relationship: 'Alternative',
    description: 'The invoice as data',
    xmp: xmp({ DocumentType: 'INVOICE', DocumentFileName: fileName, ...of(LEVELS[profile]) }),
  };
}

function of({ level, version }: { level: string; version: string }) {
  return { Version: version, ConformanceLevel: level };
}

/** The namespace of the four properties; its name has stayed that of the first version. */
const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';
const PDFA = 'http://www.aiim.org/pdfa/ns';

const MEANINGS = {
  DocumentType: 'What the embedded document is',
  DocumentFileName: 'The name of the embedded file',
  Version: 'The version of the format of the embedded file',
  ConformanceLevel: 'The level of the format that the embedded file keeps to',
} as const;

function xmp(properties: Readonly<Record<keyof typeof MEANINGS, string>>): string {
  const values = Object.entries(properties).map(
    ([name, value]) => `  <fx:${name}>${escapeXml(value)}</fx:${name}>`,
  );
  const declared = Object.entries(MEANINGS).flatMap(([name, meaning]) => [
    '            <rdf:li rdf:parseType="Resource">',
    `              <pdfaProperty:name>${name}</pdfaProperty:name>`,
    '              <pdfaProperty:valueType>Text</pdfaProperty:valueType>',
    '              <pdfaProperty:category>external</pdfaProperty:category>',
    `              <pdfaProperty:description>${meaning}</pdfaProperty:description>`,
    '            </rdf:li>',
  ]);
  return [
    `<rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}">`,
    ...values,
    '</rdf:Description>',
    '<rdf:Description rdf:about=""',
    `    xmlns:pdfaExtension="${PDFA}/extension/"`,
    `    xmlns:pdfaSchema="${PDFA}/schema#"`,
    `    xmlns:pdfaProperty="${PDFA}/property#">`,
    '  <pdfaExtension:schemas>',
    '    <rdf:Bag>',
    '      <rdf:li rdf:parseType="Resource">',
    '        <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>',
    `        <pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI>`,
    '        <pdfaSchema:prefix>fx</pdfaSchema:prefix>',
    '        <pdfaSchema:property>',
    '          <rdf:Seq>',
    ...declared,
    '          </rdf:Seq>',
    '        </pdfaSchema:property>',
    '      </rdf:li>',
    '    </rdf:Bag>',
    '  </pdfaExtension:schemas>',
    '</rdf:Description>',
    '',
  ].join('\n');
}
