// Writing and issuing an invoice by keyboard. Totals and the paper come from the server while one types; what it refuses
// stands beside the field it is about. It is kept as a draft by itself. Ctrl+Enter issues, Ctrl+S keeps it at once.

import {
  Button,
  Collapse,
  Drawer,
  Grid,
  Group,
  Kbd,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconEye } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { readDraft } from '#billing/contract.ts';
import { me } from '#identity/contract.ts';
import { previewInvoice } from '#invoicing/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { DayField } from '../../ui/DayField.tsx';
import { NotAllowed, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { UnsavedGuard } from '../../ui/UnsavedGuard.tsx';
import { TermsTimeline } from '../terms/TermsTimeline.tsx';
import { AsLastTime } from './AsLastTime.tsx';
import { DraftFiles } from './DraftFiles.tsx';
import { type Draft, type DraftLine, newDraft, writtenLines } from './draft.ts';
import { EInvoiceFindings } from './EInvoiceFindings.tsx';
import { FieldFindings, FindingsAlert } from './FieldFindings.tsx';
import { LineEditor, type SoughtField } from './LineEditor.tsx';
import { draftSaysMore, MoreEditor } from './MoreEditor.tsx';
import { PaperPreview } from './PaperPreview.tsx';
import { draftFrom } from './saved-draft.ts';
import { TermsEditor } from './TermsEditor.tsx';
import { Totals } from './Totals.tsx';
import { useIssuing } from './useIssuing.ts';
import type { Saved } from './useSavedDraft.ts';

export default function NewInvoicePage() {
  const [search, setSearch] = useAddress();
  const mayIssue = useMay('invoice.issue');
  const isKnown = useRead(me).data !== undefined;
  // The draft one came with, or copied here; one that is begun here is in the form already.
  const [draftId, setDraftId] = useState(search.draft);
  const onCopied = useRef((copied: string): void => {
    setSearch({ draft: copied });
    setDraftId(copied);
  });
  if (isKnown && !mayIssue) return <NotAllowed title="New invoice" />;
  return draftId === undefined ? (
    <NewInvoice onCopied={onCopied.current} />
  ) : (
    <KnownDraft key={draftId} draftId={draftId} onCopied={onCopied.current} />
  );
}

type KnownDraftProps = { readonly draftId: string; onCopied(draftId: string): void };

function KnownDraft({ draftId, onCopied }: KnownDraftProps) {
  const read = useRead(readDraft, { params: { draftId } });
  return <Shown read={read}>{(draft) => <OpenedDraft read={draft} onCopied={onCopied} />}</Shown>;
}

type OpenedDraftProps = { readonly read: Reply<typeof readDraft>; onCopied(draftId: string): void };

function OpenedDraft({ read, onCopied }: OpenedDraftProps) {
  const go = useGo();
  if (read.state === 'open') return <NewInvoice read={read} onCopied={onCopied} />;
  return (
    <Page
      title="Draft"
      subtitle={read.state === 'issued' ? 'This draft was issued.' : 'This draft was thrown away.'}
    >
      <Group>
        {read.invoiceId ? (
          <Button onClick={() => go(`invoices/${read.invoiceId}`)}>Open the invoice</Button>
        ) : null}
        <Button variant="default" onClick={() => go('invoices/drafts')}>
          All drafts
        </Button>
      </Group>
    </Page>
  );
}

/** From this width on the paper stands beside the form. */
const WIDE = '(min-width: 112em)';

function NewInvoice({ read, onCopied }: Partial<OpenedDraftProps> & Pick<OpenedDraftProps, 'onCopied'>) {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const [draft, setDraft] = useState(() => (read ? draftFrom(read.body) : newDraft()));
  const [known] = useState(() => (read ? { draftId: read.id, version: read.version } : undefined));
  const customerOfDraft = read?.customerId ?? '';
  useEffect(() => {
    if (customerOfDraft !== '') setSearch({ customer: customerOfDraft });
  }, [customerOfDraft, setSearch]);
  const begun = useRef((draftId: string) => setSearch({ draft: draftId }));
  const issuing = useIssuing(draft, search.customer, known, begun.current);
  const { about, calculated, at, findings, rest, saved, stopped } = issuing;
  const consent = useRef<HTMLButtonElement>(null);
  const asksConsent = stopped.length > 0 && stopped.every((finding) => finding.mode === 'warn');
  useEffect(() => {
    if (asksConsent) consent.current?.focus();
  }, [asksConsent]);
  const [shownMore, setShownMore] = useState(() => draftSaysMore(draft));
  const [looking, setLooking] = useState(false);
  const isWide = useMediaQuery(WIDE) ?? false;
  const put = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const form = useRef<HTMLFormElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 'Enter' && event.key !== 's')) return;
    event.preventDefault();
    if (event.key === 'Enter') form.current?.requestSubmit();
    else void saved.save().catch(() => {});
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void issuing.issue();
  };
  const [sought, setSought] = useState<string | null>(null);
  const [soughtInLine, setSoughtInLine] = useState<SoughtField | null>(null);
  const goTo = (field: string): void => {
    const [, no, name = ''] = /^lines\/(\d+)\/(\w+)/.exec(field) ?? [];
    const line = writtenLines(draft)[Number(no ?? 0)] ?? draft.lines[0];
    if (field.startsWith('lines')) {
      if (line) setSoughtInLine({ key: line.key, field: name || 'description' });
      return;
    }
    setShownMore(true);
    setSought(field);
  };
  useEffect(() => {
    if (sought === null) return;
    form.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(sought)}"]`)?.focus();
    setSought(null);
  }, [sought]);
  const lineIndex = new Map(writtenLines(draft).map((line, index) => [line.key, index]));
  const troubleOf = (line: DraftLine, field: string): string | undefined => {
    const index = lineIndex.get(line.key);
    return index === undefined ? undefined : at(`lines/${index}/${field}`);
  };
  const isReady =
    search.customer !== undefined && (calculated?.problem ?? 'none') === 'none' && lineIndex.size > 0;
  const preview = (
    <PaperPreview
      operation={previewInvoice}
      what="invoice"
      wants="The invoice appears here as soon as it has a customer and a line with a price."
      body={issuing.planned}
      isReady={isReady}
    />
  );
  return (
    <Page
      title={known ? 'Draft invoice' : 'New invoice'}
      subtitle={<SavedWords saved={saved} />}
      actions={
        <>
          {isWide ? null : (
            <Button
              variant="default"
              leftSection={<IconEye size={16} aria-hidden />}
              onClick={() => setLooking(true)}
            >
              Preview
            </Button>
          )}
          <Button variant="default" onClick={() => go('invoices/drafts')}>
            Drafts
          </Button>
        </>
      }
    >
      <UnsavedGuard isUnsaved={() => !issuing.isDone() && lineIndex.size > 0 && saved.state !== 'saved'} />
      {saved.problem ? <Trouble problem={saved.problem} onRetry={() => window.location.reload()} /> : null}
      <Grid gap="lg">
        <Grid.Col span={isWide ? 8 : 12}>
          <form onSubmit={submit} onKeyDown={onKeyDown} ref={form}>
            <Stack>
              {rest ? <Trouble problem={rest} /> : null}
              <ForWhom
                draft={draft}
                about={about}
                at={at}
                onCustomer={(id) => setSearch({ customer: id })}
                onChange={put}
              />
              <FieldFindings
                findings={findings}
                fields={['customerId', 'companyId', 'currency', 'issuedOn']}
              />
              <Panel
                title="Lines"
                actions={
                  about.customerId && lineIndex.size === 0 ? (
                    <AsLastTime customerId={about.customerId} onCopied={onCopied} />
                  ) : null
                }
              >
                <LineEditor
                  lines={draft.lines}
                  nets={issuing.nets}
                  sought={soughtInLine}
                  troubleOf={troubleOf}
                  onChange={(lines) => put({ lines })}
                />
                <FieldFindings findings={findings} fields={['lines']} />
              </Panel>
              <Grid>
                <Grid.Col span={{ base: 12, md: 7 }}>
                  <Panel title="Payment">
                    <TermsEditor
                      draft={draft}
                      dueByTerms={calculated?.dueOn ?? null}
                      parts={calculated?.instalments ?? []}
                      at={at}
                      onChange={put}
                    />
                    <FieldFindings findings={findings} fields={['dueOn', 'instalments']} />
                    {draft.terms === 'once' &&
                    draft.dueOn === '' &&
                    lineIndex.size > 0 &&
                    (calculated?.schedule.length ?? 0) > 0 ? (
                      <TermsTimeline issuedOn={about.issuedOn} instalments={calculated?.schedule ?? []} />
                    ) : null}
                  </Panel>
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 5 }}>
                  <Totals
                    calculated={calculated}
                    currency={about.currency}
                    problem={issuing.pricingProblem}
                  />
                </Grid.Col>
              </Grid>
              <References draft={draft} usual={issuing.checked?.usual} at={at} onChange={put} />
              <DraftFiles saved={saved} />
              <FieldFindings
                findings={findings}
                fields={['purchaseOrder', 'paymentReference', 'references/buyerReference']}
              />
              <Button
                variant="subtle"
                aria-expanded={shownMore}
                style={{ alignSelf: 'flex-start' }}
                leftSection={
                  shownMore ? (
                    <IconChevronUp size={16} aria-hidden />
                  ) : (
                    <IconChevronDown size={16} aria-hidden />
                  )
                }
                onClick={() => setShownMore(!shownMore)}
              >
                More
                <Text span inherit visibleFrom="sm">
                  : discounts, tax, references, delivery, footnotes
                </Text>
              </Button>
              <Collapse expanded={shownMore}>
                <Stack>
                  <MoreEditor
                    draft={draft}
                    currency={about.currency}
                    amounts={(calculated?.allowances ?? []).map((allowance) => allowance.amount)}
                    usual={issuing.checked?.usual}
                    at={at}
                    onChange={put}
                  />
                </Stack>
              </Collapse>
              {issuing.checked && about.customerId ? (
                <EInvoiceFindings checked={issuing.checked} customerId={about.customerId} onGo={goTo} />
              ) : null}
              {stopped.length > 0 ? (
                <FindingsAlert findings={stopped}>
                  {asksConsent ? (
                    <Button
                      ref={consent}
                      mt="sm"
                      color="orange.9"
                      loading={issuing.busy}
                      onClick={() => void issuing.issue(stopped.map((finding) => finding.id))}
                    >
                      Issue it all the same
                    </Button>
                  ) : null}
                </FindingsAlert>
              ) : null}
              <Group justify="flex-end">
                <Text size="sm" c="dimmed" visibleFrom="sm">
                  <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
                </Text>
                <Button variant="default" onClick={() => go('invoices')}>
                  {saved.state === 'saved' ? 'Later' : 'Cancel'}
                </Button>
                <Button type="submit" loading={issuing.busy}>
                  Issue it
                </Button>
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        {isWide ? <Grid.Col span={4}>{preview}</Grid.Col> : null}
      </Grid>
      <Drawer
        opened={looking && !isWide}
        onClose={() => setLooking(false)}
        position="right"
        size="xl"
        title="As it will be printed"
      >
        {looking ? preview : null}
      </Drawer>
    </Page>
  );
}

/** How what is written is kept. */
function SavedWords({ saved }: { readonly saved: Saved }) {
  const words = {
    unsaved: 'Once issued it has its number, stands in the books and never changes.',
    saving: 'Saving …',
    saved: 'Saved as a draft. Once issued it has its number and never changes.',
    failed: 'Not saved.',
  } as const;
  return <span role="status">{words[saved.state]}</span>;
}

type FieldsProps = {
  readonly draft: Draft;
  at(field: string): string | undefined;
  onChange(change: Partial<Draft>): void;
};

function ForWhom({
  draft,
  about,
  at,
  onCustomer,
  onChange,
}: FieldsProps & {
  readonly about: {
    readonly issuedOn: string;
    readonly currency: string;
    readonly customerId: string | undefined;
  };
  onCustomer(customerId: string): void;
}) {
  return (
    <Panel title="For whom and when">
      <Grid>
        <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
          <CustomerPicker
            label="Customer"
            required
            value={about.customerId}
            onChange={(customer) => onCustomer(customer?.id ?? '')}
            error={at('customerId')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6, lg: 4 }}>
          <CompanySelect
            value={draft.companyId}
            onChange={(companyId) => onChange({ companyId })}
            error={at('companyId')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 6, lg: 2 }}>
          <DayField
            label="Issued"
            required
            value={about.issuedOn}
            onChange={(issuedOn) => onChange({ issuedOn })}
            error={at('issuedOn')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 6, lg: 2 }}>
          <Select
            label="Currency"
            data={CURRENCY_CHOICES}
            value={about.currency}
            onChange={(code) => onChange({ currency: code ?? '' })}
            searchable
            allowDeselect={false}
            error={at('currency')}
          />
        </Grid.Col>
      </Grid>
    </Panel>
  );
}

function References({
  draft,
  usual,
  at,
  onChange,
}: FieldsProps & { readonly usual: { readonly purchaseOrder: string | null } | undefined }) {
  return (
    <Panel title="References">
      <Grid>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <TextInput
            label="Purchase order"
            data-path="purchaseOrder"
            placeholder={usual?.purchaseOrder ?? undefined}
            maxLength={100}
            value={draft.purchaseOrder}
            onChange={(event) => onChange({ purchaseOrder: event.currentTarget.value })}
            error={at('purchaseOrder')}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <TextInput
            label="Payment reference"
            data-path="paymentReference"
            description="Empty: the number of the invoice"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={140}
            value={draft.paymentReference}
            onChange={(event) => onChange({ paymentReference: event.currentTarget.value })}
            error={at('paymentReference')}
          />
        </Grid.Col>
        <Grid.Col span={12}>
          <Textarea
            label="Note on the invoice"
            data-path="note"
            autosize
            minRows={2}
            maxLength={2_000}
            value={draft.note}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
            error={at('note')}
          />
        </Grid.Col>
      </Grid>
    </Panel>
  );
}
