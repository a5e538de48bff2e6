// The words of the mail that carries a charge or its credit, in every language we write; places for facts in Liquid.

import type { Language } from '#printing/language.ts';
import type { DocumentWords } from '#wording/built-in-template.ts';
import type { ChargeKind } from './posting.ts';

/** By which ways a charge goes: one shows it whole, or not at all; a short notice of interest would only puzzle. */
export const CHARGE_CHANNELS = ['email', 'post'] as const;
export type ChargeChannel = (typeof CHARGE_CHANNELS)[number];

export const CHARGE_MAIL: Readonly<Record<Language, Readonly<Record<ChargeKind, DocumentWords>>>> = {
  en: {
    charge: {
      subject: 'Interest and fees for late payment {{ document.number }}',
      opening:
        'Some of your payments came late or are overdue. Please find attached our charge {{ document.number }} of ' +
        '{{ document.issued_on | date }} for {{ document.total | money }}, with the sheet that shows how it was reckoned.',
    },
    charge_credit: {
      subject: 'Credit on interest and fees {{ document.number }}',
      opening:
        'Please find attached our credit {{ document.number }} of {{ document.issued_on | date }} for ' +
        '{{ document.total | money }} on interest and fees. There is nothing for you to pay.',
    },
  },
  de: {
    charge: {
      subject: 'Verzugszinsen und Gebühren {{ document.number }}',
      opening:
        'einige Ihrer Zahlungen kamen verspätet oder stehen noch aus. Anbei erhalten Sie unsere Abrechnung ' +
        '{{ document.number }} vom {{ document.issued_on | date }} über {{ document.total | money }} mit der ' +
        'Aufstellung, wie sie berechnet ist.',
    },
    charge_credit: {
      subject: 'Gutschrift zu Zinsen und Gebühren {{ document.number }}',
      opening:
        'anbei erhalten Sie unsere Gutschrift {{ document.number }} vom {{ document.issued_on | date }} über ' +
        '{{ document.total | money }} zu Zinsen und Gebühren. Sie brauchen nichts zu zahlen.',
    },
  },
  fr: {
    charge: {
      subject: 'Pénalités et frais de retard {{ document.number }}',
      opening:
        'Certains de vos règlements nous sont parvenus en retard ou sont échus. Vous trouverez en pièce jointe notre ' +
        'décompte {{ document.number }} du {{ document.issued_on | date }} d’un montant de ' +
        '{{ document.total | money }}, avec le détail de son calcul.',
    },
    charge_credit: {
      subject: 'Avoir sur pénalités et frais {{ document.number }}',
      opening:
        'Vous trouverez en pièce jointe notre avoir {{ document.number }} du {{ document.issued_on | date }} d’un ' +
        'montant de {{ document.total | money }} sur pénalités et frais. Vous n’avez rien à payer.',
    },
  },
  cs: {
    charge: {
      subject: 'Úroky a poplatky z prodlení {{ document.number }}',
      opening:
        'některé Vaše platby přišly pozdě nebo jsou po splatnosti. V příloze zasíláme vyúčtování {{ document.number }} ' +
        'ze dne {{ document.issued_on | date }} na částku {{ document.total | money }} i s výpočtem.',
    },
    charge_credit: {
      subject: 'Dobropis k úrokům a poplatkům {{ document.number }}',
      opening:
        'v příloze zasíláme dobropis {{ document.number }} ze dne {{ document.issued_on | date }} na částku ' +
        '{{ document.total | money }} k úrokům a poplatkům. Nemusíte nic platit.',
    },
  },
};
