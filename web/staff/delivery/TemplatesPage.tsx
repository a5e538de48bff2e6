// The words of messages: which template, in which language, and the editor of it.

import { Group, Select, SimpleGrid, Stack } from '@mantine/core';
import { DOCUMENT_LANGUAGES, type DocumentLanguage, LANGUAGE_NAMES } from '#printing/contract.ts';
import { listTemplates, readTemplate } from '#wording/contract.ts';
import { useAddress } from '../../lib/address.ts';
import { useRead } from '../../lib/data.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { Page, Shown } from '../../ui/Page.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import { KIND_WORDS, type TemplateKind } from './template-words.ts';

const KINDS = Object.keys(KIND_WORDS) as readonly TemplateKind[];

export default function TemplatesPage() {
  const [search, setSearch] = useAddress();
  const companyId = search.company ?? '';
  const kind = KINDS.find((k) => k === search.kind) ?? 'invoice_mail';
  const language = DOCUMENT_LANGUAGES.find((l) => l === search.language) ?? 'en';
  const list = useRead(listTemplates, { params: { companyId } }, { enabled: companyId !== '' });
  const isOwn = (k: TemplateKind, l: DocumentLanguage): boolean =>
    list.data?.rows.some((row) => row.kind === k && row.language === l && row.version !== null) ?? false;
  return (
    <Page
      title="Words of messages"
      subtitle="What mails, reminders and text messages say. What you do not write is said as it comes with the program."
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <CompanySelect value={companyId} onChange={(company) => setSearch({ company })} />
        <Select
          label="Message"
          data={KINDS.map((value) => ({
            value,
            label: `${KIND_WORDS[value]}${isOwn(value, language) ? ' · your words' : ''}`,
          }))}
          value={kind}
          onChange={(value) => setSearch({ kind: value ?? '' })}
          allowDeselect={false}
        />
        <Select
          label="Language of the reader"
          data={DOCUMENT_LANGUAGES.map((value) => ({
            value,
            label: `${LANGUAGE_NAMES[value]}${isOwn(kind, value) ? ' · your words' : ''}`,
          }))}
          value={language}
          onChange={(value) => setSearch({ language: value ?? '' })}
          allowDeselect={false}
          searchable
        />
      </SimpleGrid>
      {companyId === '' ? null : <One companyId={companyId} kind={kind} language={language} />}
    </Page>
  );
}

function One(about: {
  readonly companyId: string;
  readonly kind: TemplateKind;
  readonly language: DocumentLanguage;
}) {
  const read = useRead(readTemplate, { params: about });
  const isStale = read.isPlaceholderData;
  return (
    <Shown read={read}>
      {(template) =>
        isStale ? (
          <Group />
        ) : (
          <Stack>
            <TemplateEditor
              key={`${about.companyId} ${about.kind} ${about.language} ${template.version}`}
              about={about}
              template={template}
            />
          </Stack>
        )
      }
    </Shown>
  );
}
