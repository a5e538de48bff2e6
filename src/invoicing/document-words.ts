// What invoicing itself says on paper: why no tax is shown, that a document was voided, and what stands for the lines of
// a document that was taken over from another system. In every language we print.

import type { PlainDate } from '#kernel/calendar.ts';
import type { Money } from '#kernel/money.ts';
import { decimalText } from '#kernel/percent.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import { formatDate, formatFigure, formatMoney, formatPercent } from '#printing/print-format.ts';
import { fill } from '#printing/print-labels.ts';
import { type Allowance, signedAmount } from './allowance.ts';
import type { PricedLine, TaxRow } from './document.ts';
import type { DeliveryFacts, DeliveryPlace, DocumentContent, References } from './document-content.ts';
import { ar, he, hi, ja, ko, zhHans, zhHant } from './words-east.ts';
import { da, et, fi, nb, nl, sv } from './words-north.ts';
import { el, hu, lt, lv, tr } from './words-others.ts';
import { es, it, pt, ro } from './words-romance.ts';
import { bg, hr, pl, sk, sl, uk } from './words-slavic.ts';

/** What invoicing says on paper, in one language. */
export type Words = {
  /** The one line of a document known by its total only. */
  readonly takenOver: Readonly<Record<'invoice' | 'credit_note', string>>;
  /** Under it: that the amounts are a copy. */
  readonly copy: string;
  readonly draft: string;
  readonly voided: string;
  readonly reason: string;
  readonly attached: string;
  /** On a credit note: what of its total was a discount. */
  readonly discountTaken: string;
  /** By category of UNCL 5305: why a line carries no tax, in the words that the tax laws of the language's countries use. */
  readonly untaxed: Readonly<Record<string, string>>;
  readonly allowance: string;
  readonly charge: string;
  /** A percentage of an amount. */
  readonly percentOf: string;
  readonly sellerItem: string;
  readonly buyerItem: string;
  readonly orderLine: string;
  readonly taxIn: string;
  readonly deliveredTo: string;
  readonly references: Readonly<Record<Exclude<keyof References, 'buyerReference'>, string>>;
};

const WORDS: Readonly<Record<DocumentLanguage, Words>> = {
  en: {
    takenOver: {
      invoice: 'Invoice {number}, amount as issued',
      credit_note: 'Credit note {number}, amount as issued',
    },
    copy: 'This is a record of amounts; the document itself was issued by another system.',
    draft: 'DRAFT',
    voided: 'VOID: this document was voided on {date}. Nothing is to be paid on it.',
    reason: 'Reason: {reason}',
    attached: 'Attached: {files}',
    discountTaken:
      'A discount of {amount} was taken when the invoice was paid; it is deducted from this credit.',
    untaxed: {
      E: 'Exempt from tax.',
      AE: 'Reverse charge: the customer is liable for the tax.',
      K: 'Exempt intra-Community supply.',
      G: 'Exempt export.',
    },
    allowance: 'Discount',
    charge: 'Surcharge',
    percentOf: '{percent} of {base}',
    sellerItem: 'Item {id}',
    buyerItem: 'Your item {id}',
    orderLine: 'Order line {id}',
    taxIn: 'Tax in {currency}: {amount}.',
    deliveredTo: 'Delivered to {place}',
    references: {
      salesOrder: 'Our order',
      contract: 'Contract',
      project: 'Project',
      despatchAdvice: 'Despatch note',
      receivingAdvice: 'Goods receipt',
      object: 'Concerning',
    },
  },
  de: {
    takenOver: {
      invoice: 'Rechnung {number}, Betrag wie ausgestellt',
      credit_note: 'Gutschrift {number}, Betrag wie ausgestellt',
    },
    copy: 'Aufstellung der Beträge; der Beleg selbst wurde von einem anderen System ausgestellt.',
    draft: 'ENTWURF',
    voided: 'STORNIERT: Dieser Beleg wurde am {date} storniert. Es ist nichts darauf zu zahlen.',
    reason: 'Grund: {reason}',
    attached: 'Anlagen: {files}',
    discountTaken:
      'Bei der Zahlung der Rechnung wurde Skonto von {amount} abgezogen; es mindert diese Gutschrift.',
    untaxed: {
      E: 'Steuerfrei.',
      AE: 'Steuerschuldnerschaft des Leistungsempfängers.',
      K: 'Steuerfreie innergemeinschaftliche Lieferung.',
      G: 'Steuerfreie Ausfuhrlieferung.',
    },
    allowance: 'Nachlass',
    charge: 'Zuschlag',
    percentOf: '{percent} von {base}',
    sellerItem: 'Artikel {id}',
    buyerItem: 'Ihre Artikelnummer {id}',
    orderLine: 'Bestellposition {id}',
    taxIn: 'Steuerbetrag in {currency}: {amount}.',
    deliveredTo: 'Geliefert an {place}',
    references: {
      salesOrder: 'Unser Auftrag',
      contract: 'Vertrag',
      project: 'Projekt',
      despatchAdvice: 'Lieferschein',
      receivingAdvice: 'Wareneingang',
      object: 'Betrifft',
    },
  },
  fr: {
    takenOver: {
      invoice: 'Facture {number}, montant tel qu’émis',
      credit_note: 'Avoir {number}, montant tel qu’émis',
    },
    copy: 'Relevé de montants ; le document lui-même a été émis par un autre système.',
    draft: 'PROJET',
    voided: 'ANNULÉ : ce document a été annulé le {date}. Rien n’est à payer à ce titre.',
    reason: 'Motif : {reason}',
    attached: 'Pièces jointes : {files}',
    discountTaken: 'Un escompte de {amount} a été déduit lors du paiement ; il est retranché de cet avoir.',
    untaxed: {
      E: 'Exonéré de TVA.',
      AE: 'Autoliquidation.',
      K: 'Livraison intracommunautaire exonérée.',
      G: 'Exportation exonérée.',
    },
    allowance: 'Remise',
    charge: 'Supplément',
    percentOf: '{percent} de {base}',
    sellerItem: 'Article {id}',
    buyerItem: 'Votre article {id}',
    orderLine: 'Ligne de commande {id}',
    taxIn: 'Montant de la taxe en {currency} : {amount}.',
    deliveredTo: 'Livré à {place}',
    references: {
      salesOrder: 'Notre commande',
      contract: 'Contrat',
      project: 'Projet',
      despatchAdvice: 'Bon de livraison',
      receivingAdvice: 'Avis de réception',
      object: 'Objet',
    },
  },
  cs: {
    takenOver: {
      invoice: 'Faktura {number}, částka dle vystavení',
      credit_note: 'Dobropis {number}, částka dle vystavení',
    },
    copy: 'Přehled částek; samotný doklad byl vystaven jiným systémem.',
    draft: 'NÁVRH',
    voided: 'STORNO: tento doklad byl stornován dne {date}. Nic se podle něj neplatí.',
    reason: 'Důvod: {reason}',
    attached: 'Přílohy: {files}',
    discountTaken: 'Při úhradě faktury bylo uplatněno skonto {amount}; o tuto částku je dobropis nižší.',
    untaxed: {
      E: 'Osvobozeno od daně.',
      AE: 'Daň odvede zákazník.',
      K: 'Dodání zboží do jiného členského státu, osvobozeno od daně.',
      G: 'Vývoz zboží, osvobozeno od daně.',
    },
    allowance: 'Sleva',
    charge: 'Přirážka',
    percentOf: '{percent} z {base}',
    sellerItem: 'Položka {id}',
    buyerItem: 'Vaše položka {id}',
    orderLine: 'Řádek objednávky {id}',
    taxIn: 'Výše daně v {currency}: {amount}.',
    deliveredTo: 'Dodáno na adresu {place}',
    references: {
      salesOrder: 'Naše zakázka',
      contract: 'Smlouva',
      project: 'Projekt',
      despatchAdvice: 'Dodací list',
      receivingAdvice: 'Příjemka',
      object: 'Předmět',
    },
  },
  es,
  it,
  pt,
  ro,
  nl,
  sv,
  da,
  nb,
  fi,
  et,
  pl,
  sk,
  sl,
  hr,
  bg,
  uk,
  hu,
  el,
  lv,
  lt,
  tr,
  ar,
  he,
  hi,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ja,
  ko,
};

/** What stands in the place of a number while there is none, in the language of the customer. */
export function draftNumber(language: string): string {
  return WORDS[chooseDocumentLanguage([language])].draft;
}

/** That part of a credit note was a discount, which is not given back. */
export function discountTakenText(discount: Money, language: DocumentLanguage): string {
  return fill(WORDS[language].discountTaken, { amount: formatMoney(discount, language) });
}

/** The one line that stands for a document known by its total only. */
export function takenOverLine(
  kind: 'invoice' | 'credit_note',
  number: string,
  language: DocumentLanguage,
): string {
  return fill(WORDS[language].takenOver[kind], { number });
}

/** What stands small under a document: that it is void or a copy, why a credit was given, notes, tax in another currency. */
export function footnotesOf(
  document: {
    readonly voidedOn: PlainDate | null;
    readonly takenOver: boolean;
    readonly reason: string | null;
    readonly note: string | null;
    readonly attached?: readonly string[] | undefined;
    readonly taxInFunctional: Money | undefined;
    readonly content: DocumentContent;
  },
  language: DocumentLanguage,
): readonly string[] {
  const words = WORDS[language];
  return [
    ...(document.voidedOn ? [fill(words.voided, { date: formatDate(document.voidedOn, language) })] : []),
    ...(document.takenOver ? [words.copy] : []),
    ...(document.reason ? [fill(words.reason, { reason: document.reason })] : []),
    ...(document.note ? [document.note] : []),
    ...(document.attached && document.attached.length > 0
      ? [fill(words.attached, { files: document.attached.join(', ') })]
      : []),
    ...(document.taxInFunctional
      ? [
          fill(words.taxIn, {
            currency: document.taxInFunctional.currency,
            amount: formatMoney(document.taxInFunctional, language),
          }),
        ]
      : []),
    ...(document.content.delivery.delivery
      ? [fill(words.deliveredTo, { place: placeText(document.content.delivery.delivery) })]
      : []),
  ];
}

/** Why a tax is not taken, in the words of the document or those its category has in the law; nothing where it is taken. */
export function untaxedReason(row: TaxRow, language: DocumentLanguage): string | undefined {
  return row.exemptionReason ?? WORDS[language].untaxed[row.category];
}

function placeText(place: DeliveryPlace): string {
  const town = `${place.postalCode} ${place.city}`.trim();
  return [place.name, place.street, town, place.region, place.country].filter(Boolean).join(', ');
}

/** An allowance or charge on paper: why it is, and of what it was taken where it is a percentage. */
export function allowanceWords(allowance: Allowance, language: DocumentLanguage): string {
  const words = WORDS[language];
  const name = allowance.reason ?? words[allowance.kind];
  if (!allowance.percent || !allowance.base) return name;
  const percent = formatPercent(decimalText(allowance.percent), language);
  return `${name} (${fill(words.percentOf, { percent, base: formatFigure(allowance.base, language) })})`;
}

/** What stands small under a line: details, item numbers, period, its allowances and charges, a note. */
export function lineDetails(line: PricedLine, language: DocumentLanguage): readonly string[] {
  const words = WORDS[language];
  const named = (form: string, id: string | undefined) => (id === undefined ? [] : [fill(form, { id })]);
  const items = [
    ...named(words.sellerItem, line.sellerItem),
    ...named(words.buyerItem, line.buyerItem),
    ...named(words.orderLine, line.orderLine),
  ];
  return [
    ...(line.detail === undefined ? [] : [line.detail]),
    ...(items.length > 0 ? [items.join(' · ')] : []),
    ...(periodText(line, language) ?? []),
    ...(line.allowances ?? []).map(
      (allowance) =>
        `${allowanceWords(allowance, language)}: ${formatFigure(signedAmount(allowance), language)}`,
    ),
    ...(line.note === undefined ? [] : [line.note]),
  ];
}

/** The day or the period things were delivered on or in. */
export function deliveredText(delivery: DeliveryFacts, language: DocumentLanguage): string | undefined {
  return (
    (delivery.deliveredOn && formatDate(delivery.deliveredOn, language)) ??
    periodText(delivery, language)?.[0]
  );
}

function periodText(
  period: Pick<DeliveryFacts, 'periodFrom' | 'periodTo'>,
  language: DocumentLanguage,
): readonly [string] | undefined {
  const { periodFrom, periodTo } = period;
  if (!periodFrom && !periodTo) return undefined;
  return [
    [periodFrom, periodTo]
      .map((on) => (on ? formatDate(on, language) : ''))
      .join(' – ')
      .trim(),
  ];
}

/** References besides the order and the buyer's own, with their names. */
export function referencesOf(
  references: References,
  language: DocumentLanguage,
): readonly { readonly label: string; readonly value: string }[] {
  const { references: names } = WORDS[language];
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((key) => {
    const value = references[key];
    return value === undefined ? [] : [{ label: names[key], value }];
  });
}
