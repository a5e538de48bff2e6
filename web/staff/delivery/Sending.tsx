// How each company sends: who it is as a sender, which way first, where bounces come back to.

import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { changeDeliverySetting, readDeliverySetting, testSending } from '#delivery/contract.ts';
import { VIEW_DAYS_MAX } from '#kernel/limits.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled, useFields } from '../../lib/fields.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect } from '../../ui/CompanySelect.tsx';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { CHANNEL_CHOICES } from './channel-words.ts';
import { Services } from './Services.tsx';
import { TestAnswer } from './TestAnswer.tsx';

type Setting = Reply<typeof readDeliverySetting>;

const SELECT_WIDTH = 320;

export function Sending() {
  const [companyId, setCompanyId] = useState('');
  const isManager = useMay('company.manage');
  const read = useRead(readDeliverySetting, { params: { companyId } }, { enabled: companyId !== '' });
  return (
    <Stack maw={760}>
      {isManager ? <Services /> : null}
      <CompanySelect value={companyId} onChange={setCompanyId} width={SELECT_WIDTH} />
      {companyId === '' ? null : (
        <Shown read={read}>
          {(setting) => (
            <Stack>
              <Panel title="How it sends">
                <SettingForm
                  key={companyId + JSON.stringify(setting)}
                  companyId={companyId}
                  setting={setting}
                />
              </Panel>
              {setting.may.test === true ? <Trial key={companyId} companyId={companyId} /> : null}
            </Stack>
          )}
        </Shown>
      )}
    </Stack>
  );
}

/** Tries out the sender as it is saved: a short mail to oneself, and what the mail server said. */
function Trial({ companyId }: { readonly companyId: string }) {
  const test = useCommand(testSending);
  return (
    <Panel title="Try it out">
      <Stack gap="sm">
        <Text size="sm">
          A short mail as the company sends, to your own address. What the mail server says is shown word for
          word.
        </Text>
        {test.error ? <Trouble problem={test.error} /> : null}
        <Group>
          <Button
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate({ params: { companyId } })}
          >
            Send a test to me
          </Button>
          <TenantLink to={`templates?company=${companyId}`}>Words of its messages</TenantLink>
        </Group>
        {test.data ? <TestAnswer testMailId={test.data.testMailId} /> : null}
      </Stack>
    </Panel>
  );
}

function SettingForm({ companyId, setting }: { readonly companyId: string; readonly setting: Setting }) {
  const change = useCommand(changeDeliverySetting);
  const [channels, setChannels] = useState<string[]>(setting.channels);
  const [attaches, setAttaches] = useState<string[]>(setting.attaches);
  const [deliversOnIssue, setDeliversOnIssue] = useState(setting.deliversOnIssue);
  const [asksForReceipt, setAsksForReceipt] = useState(setting.asksForReceipt);
  const [offersStop, setOffersStop] = useState(setting.offersStop);
  const [viewDays, setViewDays] = useState<number | null>(setting.viewDays);
  const form = useFields({
    fromName: setting.fromName ?? '',
    fromAddress: setting.fromAddress ?? '',
    replyTo: setting.replyTo ?? '',
    signature: setting.signature ?? '',
    bounceAddress: setting.bounceAddress ?? '',
  });
  const given = (name: keyof typeof form.values) => filled(form.values[name] ?? '') ?? null;
  const submit = (): void =>
    change.mutate({
      params: { companyId },
      body: {
        channels: channels as Setting['channels'],
        attaches: attaches as Setting['attaches'],
        deliversOnIssue,
        asksForReceipt,
        viewDays,
        offersStop,
        fromName: given('fromName'),
        fromAddress: given('fromAddress'),
        replyTo: given('replyTo'),
        signature: given('signature'),
        bounceAddress: given('bounceAddress'),
      },
    });
  const mayChange = setting.may.change === true;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset disabled={!mayChange} className="plain-fieldset">
        <Stack>
          {change.error ? <Trouble problem={change.error} /> : null}
          <MultiSelect
            label="Ways of sending, the first first"
            description="The next way is gone where a customer cannot be reached by the one before"
            required
            data={CHANNEL_CHOICES}
            value={channels}
            onChange={setChannels}
          />
          <Switch
            label="Send invoices and credit notes as soon as they are issued"
            checked={deliversOnIssue}
            onChange={(event) => setDeliversOnIssue(event.currentTarget.checked)}
          />
          <MultiSelect
            label="Attached to invoices"
            required
            data={[
              { value: 'pdf', label: 'PDF' },
              { value: 'xml', label: 'e-invoice (XML)' },
            ]}
            value={attaches}
            onChange={setAttaches}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="From (name)" placeholder="the company’s name" {...form.text('fromName')} />
            <TextInput
              label="From (address)"
              placeholder="the company’s address"
              type="email"
              {...form.text('fromAddress')}
            />
          </SimpleGrid>
          <TextInput label="Answers go to" placeholder="the sender" type="email" {...form.text('replyTo')} />
          <TextInput
            label="Mails that come back go to"
            description="Each message adds a mark of its own behind a plus sign, by which its bounce is recognised"
            placeholder="bounce@mail.example.com"
            type="email"
            {...form.text('bounceAddress')}
          />
          <Switch
            label="Ask mail programs to say when a mail was opened"
            checked={asksForReceipt}
            onChange={(event) => setAsksForReceipt(event.currentTarget.checked)}
          />
          <NumberInput
            label="Link in mails to see the documents without signing in: days it works"
            description="Whoever has the mail can use it; the first time a document is taken is kept as proof. Empty: no link"
            placeholder="no link"
            min={1}
            max={VIEW_DAYS_MAX}
            allowDecimal={false}
            value={viewDays ?? ''}
            onChange={(value) => setViewDays(typeof value === 'number' ? value : null)}
          />
          <Switch
            label="Let readers of reminders and statements stop them, or name a better address"
            description="A link under each such mail, and the button of mail programs. Invoices cannot be stopped. Another address changes nothing by itself: it becomes work under Delivery problems"
            checked={offersStop}
            onChange={(event) => setOffersStop(event.currentTarget.checked)}
          />
          <Textarea label="Signature under each mail" autosize minRows={2} {...form.text('signature')} />
          {mayChange ? <SaveRow saved={change.isSuccess} saving={change.isPending} /> : null}
        </Stack>
      </fieldset>
    </form>
  );
}
