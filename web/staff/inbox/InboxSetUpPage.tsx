// How mail comes in and what may be done unasked: mailboxes that are read, and a bar for each kind of proposal, beside what people
// did with proposals so far.

import { Page } from '../../ui/Page.tsx';
import { BarsPanel } from './BarsPanel.tsx';
import { MailAccountsPanel } from './MailAccountsPanel.tsx';

export default function InboxSetUpPage() {
  return (
    <Page title="Inbox: set-up" subtitle="Which mailboxes are read, and what is done unasked">
      <MailAccountsPanel />
      <BarsPanel />
    </Page>
  );
}
