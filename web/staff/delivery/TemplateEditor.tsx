// Writing one template: its parts, the facts it may name, what is wrong with it, and beside it how it looks.

import { Button, Group, SimpleGrid, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { DocumentLanguage } from '#printing/contract.ts';
import { checkTemplate, type readTemplate, writeTemplate } from '#wording/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { UnsavedGuard } from '../../ui/UnsavedGuard.tsx';
import { TemplateFacts } from './TemplateFacts.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import { TemplateVersions } from './TemplateVersions.tsx';
import {
  isLetter,
  isShort,
  lengthWords,
  type TemplateKind,
  type Words,
  writtenWords,
} from './template-words.ts';

export type Template = Reply<typeof readTemplate>;
export type AboutTemplate = {
  readonly companyId: string;
  readonly kind: TemplateKind;
  readonly language: DocumentLanguage;
};

/** So long after the last key the words are checked and drawn. */
const PAUSE_MS = 400;

type Part = keyof Words;
type Field = HTMLInputElement | HTMLTextAreaElement;

const PART_LABELS: Readonly<Record<Part, string>> = {
  subject: 'Subject',
  text: 'Text',
  html: 'HTML',
  closing: 'Under the table',
};

function typed(words: Template['words']): Words {
  return {
    subject: words.subject ?? '',
    text: words.text,
    html: words.html ?? '',
    closing: words.closing ?? '',
  };
}

export function TemplateEditor(props: { readonly about: AboutTemplate; readonly template: Template }) {
  const { about, template } = props;
  const start = typed(template.words);
  const [words, setWords] = useState<Words>(start);
  const [pausedWords] = useDebouncedValue(words, PAUSE_MS);
  const [note, setNote] = useState('');
  const fields = useRef<Partial<Record<Part, Field | null>>>({});
  const lastPart = useRef<Part>('text');
  const write = useCommand(writeTemplate);
  const put = (part: Part, text: string): void => setWords((before) => ({ ...before, [part]: text }));
  const isChanged = (Object.keys(start) as Part[]).some((part) => start[part] !== words[part]);
  const insert = (text: string): void => {
    const part = lastPart.current;
    const field = fields.current[part];
    const from = field?.selectionStart ?? words[part].length;
    const to = field?.selectionEnd ?? from;
    put(part, words[part].slice(0, from) + text + words[part].slice(to));
    window.setTimeout(() => {
      field?.focus();
      field?.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const save = (kept: ReturnType<typeof writtenWords> | null): void =>
    write.mutate({
      params: about,
      body: { words: kept, basedOn: template.version, ...(filled(note) ? { note: filled(note) } : {}) },
    });
  const mayWrite = template.may.write === true;
  const drawn = writtenWords(about.kind, pausedWords);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <UnsavedGuard isUnsaved={() => isChanged && !write.isSuccess} />
      <Panel
        title={
          template.isBuiltIn ? 'As it comes with the program' : `Your words, version ${template.version}`
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save(writtenWords(about.kind, words));
          }}
        >
          <fieldset disabled={!mayWrite} className="plain-fieldset">
            <Stack>
              {write.error ? <Trouble problem={write.error} /> : null}
              {partsOf(about.kind).map((part) => (
                <PartField
                  key={part}
                  part={part}
                  label={isLetter(about.kind) && part === 'text' ? 'Over the table' : PART_LABELS[part]}
                  value={words[part]}
                  field={(element) => {
                    fields.current[part] = element;
                  }}
                  onFocus={() => {
                    lastPart.current = part;
                  }}
                  onChange={(text) => put(part, text)}
                />
              ))}
              <Findings about={about} words={drawn} />
              {mayWrite ? (
                <>
                  <TextInput
                    label="What changed (for those who read it later)"
                    value={note}
                    onChange={(event) => setNote(event.currentTarget.value)}
                  />
                  <Group justify="space-between">
                    {template.isBuiltIn ? (
                      <span />
                    ) : (
                      <Button variant="default" onClick={() => save(null)}>
                        Back to the built-in words
                      </Button>
                    )}
                    <Button type="submit" loading={write.isPending} disabled={!isChanged}>
                      Save these words
                    </Button>
                  </Group>
                </>
              ) : null}
            </Stack>
          </fieldset>
        </form>
      </Panel>
      <Panel>
        <Tabs defaultValue="look" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="look">How it looks</Tabs.Tab>
            <Tabs.Tab value="facts">Facts to insert</Tabs.Tab>
            <Tabs.Tab value="versions">Versions</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="look">
            <TemplatePreview about={about} words={drawn} />
          </Tabs.Panel>
          <Tabs.Panel value="facts">
            <TemplateFacts variables={template.variables} onInsert={mayWrite ? insert : undefined} />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <TemplateVersions
              template={template}
              now={words}
              onTake={mayWrite ? (version) => setWords(typed(version)) : undefined}
            />
          </Tabs.Panel>
        </Tabs>
      </Panel>
    </SimpleGrid>
  );
}

function partsOf(kind: TemplateKind): readonly Part[] {
  if (isShort(kind)) return ['text'];
  return isLetter(kind) ? ['subject', 'text', 'closing'] : ['subject', 'text', 'html'];
}

function PartField(props: {
  readonly part: Part;
  readonly label: string;
  readonly value: string;
  field(element: Field | null): void;
  onFocus(): void;
  onChange(text: string): void;
}) {
  const { part, label, value, field, onFocus, onChange } = props;
  const shared = {
    label,
    value,
    onFocus,
    spellCheck: part !== 'html',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(event.currentTarget.value),
    styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } },
  };
  if (part === 'subject') return <TextInput ref={field} required {...shared} />;
  return (
    <Textarea
      ref={field}
      autosize
      minRows={5}
      maxRows={18}
      required={part === 'text' || part === 'closing'}
      {...(part === 'html'
        ? { description: 'The frame around it is made. Left empty, the mail is plain text.' }
        : {})}
      {...shared}
    />
  );
}

/** What is wrong with the words, as one types. */
function Findings(props: { readonly about: AboutTemplate; readonly words: ReturnType<typeof writtenWords> }) {
  const { kind, language } = props.about;
  const read = useRead(
    checkTemplate,
    { body: { kind, language, words: props.words } },
    { enabled: props.words.text !== '' },
  );
  if (props.words.text === '') return null;
  const problems = read.data?.problems ?? [];
  const length = read.data?.length;
  return (
    <div role="status">
      {length ? (
        <Text size="sm" c="dimmed">
          With names and amounts of usual length: {lengthWords(length)}. {read.data?.messagesMax} are the
          limit.
        </Text>
      ) : null}
      {read.data && problems.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing is wrong with these words.
        </Text>
      ) : null}
      {problems.map((problem) => (
        <Text size="sm" c="red" key={`${problem.part} ${problem.line} ${problem.message}`}>
          {PART_LABELS[problem.part as Part] ?? problem.part}
          {problem.line === null ? '' : `, line ${problem.line}`}
          {problem.position === null ? '' : `, character ${problem.position}`}: {problem.message}
        </Text>
      ))}
    </div>
  );
}
