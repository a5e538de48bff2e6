// The operations on the words of messages.

import { z } from 'zod';
import { idText, may, momentText, operation, type RefusalMeaning, textLine } from '#http/contract.ts';
import { TEMPLATE_CHARACTERS_MAX } from '#kernel/limits.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { TEMPLATE_KINDS } from './message-template.ts';

const TAG = 'Messages';

/** The words of a message in a request: Liquid, with the facts that are listed for its kind. */
export const wordsIn = z.object({
  subject: z.string().max(1_000).optional(),
  text: z.string().min(1).max(TEMPLATE_CHARACTERS_MAX),
  /** The body only; the frame around it is made. */
  html: z.string().max(TEMPLATE_CHARACTERS_MAX).optional(),
  /** Of a letter: what stands under its table; `text` stands over it. */
  closing: z.string().max(TEMPLATE_CHARACTERS_MAX).optional(),
});

/** A message written for a look at it, with words that need not be kept. */
export const draftWords = z.object({
  language: z.enum(DOCUMENT_LANGUAGES).optional(),
  words: wordsIn.optional(),
});

/** How long a text message is. */
const shortLength = z.object({
  /** As they are counted: some signs count twice. */
  characters: z.number().int(),
  alphabet: z.enum(['gsm7', 'ucs2']),
  /** How many text messages it is sent as; each is paid for. */
  messages: z.number().int(),
});

/** A message as it would be sent. */
export const previewed = z.object({
  language: z.string(),
  /** Who it would go to; null where the customer cannot be reached that way. */
  recipient: z.string().nullable(),
  /** A short notice has none. */
  subject: z.string().nullable(),
  text: z.string(),
  /** To be shown in a sandboxed frame without scripts and without the network. */
  html: z.string().nullable(),
  attachments: z.array(z.object({ fileName: z.string() })),
  /** Of a text message alone. */
  length: shortLength.optional(),
});

/** What cannot be written. */
export const NOT_RENDERED: RefusalMeaning = [
  400,
  'The words cannot be filled in. The part, the line and the reason are named.',
];

const words = z.object({
  subject: z.string().optional(),
  text: z.string(),
  html: z.string().optional(),
  /** Of a letter: what stands under its table. */
  closing: z.string().optional(),
});

const templateParams = z.object({
  companyId: idText,
  kind: z.enum(TEMPLATE_KINDS),
  language: z.enum(DOCUMENT_LANGUAGES),
});

const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];

/** Which words a company wrote itself. */
export const listTemplates = operation({
  id: 'list-templates',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/templates',
  summary: 'The templates of messages of a company, and which of them have words of its own.',
  tag: TAG,
  permission: 'book.read',
  params: z.object({ companyId: idText }),
  reply: z.object({
    rows: z.array(
      z.object({
        kind: z.enum(TEMPLATE_KINDS),
        language: z.enum(DOCUMENT_LANGUAGES),
        /** Null: as it comes with the program. */
        version: z.number().int().nullable(),
        writtenBy: z.string().nullable(),
        writtenAt: momentText.nullable(),
      }),
    ),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** One template with all that is needed to write it. */
export const readTemplate = operation({
  id: 'read-template',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/templates/:kind/:language',
  summary: 'One template: its words, those that come with the program, the facts it may name, its versions.',
  tag: TAG,
  permission: 'book.read',
  params: templateParams,
  reply: z.object({
    /** The latest version; 0 where nothing was ever written. */
    version: z.number().int(),
    isBuiltIn: z.boolean(),
    words,
    builtIn: words,
    variables: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['text', 'number', 'money', 'date', 'percent']),
        says: z.string(),
        /** What to write to have it. */
        insert: z.string(),
      }),
    ),
    /** The newest first. */
    versions: z.array(
      z.object({
        version: z.number().int(),
        /** Null: back to what comes with the program. */
        words: words.nullable(),
        note: z.string().nullable(),
        writtenBy: z.string(),
        writtenAt: momentText,
      }),
    ),
    may: z.object({ write: may }),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** Writes a template. */
export const writeTemplate = operation({
  id: 'write-template',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/templates/:kind/:language',
  summary: 'Writes a template, or goes back to the one that comes with the program. Every version is kept.',
  tag: TAG,
  permission: 'company.manage',
  params: templateParams,
  body: z.object({
    /** Null: back to what comes with the program. */
    words: wordsIn.nullable(),
    /** The version its author saw; 0 where there was none. */
    basedOn: z.number().int().min(0),
    note: textLine(300).optional(),
  }),
  reply: z.object({ version: z.number().int() }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    template_not_valid: [400, 'The words cannot be used. Each problem names its part and line.'],
    template_changed_meanwhile: [409, 'Somebody else wrote this template meanwhile. Read it again.'],
  },
});

/** Checks words that are not kept yet. */
export const checkTemplate = operation({
  id: 'check-template',
  kind: 'query',
  method: 'POST',
  path: '/api/v1/template-checks',
  summary: 'Says what is wrong with the words of a message, with part, line and position. Nothing is kept.',
  tag: TAG,
  permission: 'book.read',
  body: z.object({ kind: z.enum(TEMPLATE_KINDS), language: z.enum(DOCUMENT_LANGUAGES), words: wordsIn }),
  reply: z.object({
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        /** `subject`, `text` or `html`. */
        part: z.string(),
        line: z.number().int().nullable(),
        /** Character in the line, from 1. */
        position: z.number().int().nullable(),
      }),
    ),
    /** Of a text message, filled in with facts of usual length; null of anything else, and of what cannot be filled in. */
    length: shortLength.nullable(),
    /** So many text messages it may take. */
    messagesMax: z.number().int(),
  }),
});
