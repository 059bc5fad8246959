### Everything the bot says in English.

## Menu and help

menu-button = Menu
menu-opening = What can I do for you?
menu-add = Add an item
menu-mine = My items
menu-list = All items
menu-help = Help
help-opening = *This is how it works.* Type it after `/tft`, mention the bot, or send it to the bot as a direct message.
help-menu = opens the menu.
help-help = shows this help.
help-setup = sets up a task force in this channel.
help-join = puts you on one of the sides.
help-roster = shows who is on which side in which role.
help-member = sets the role of somebody on your own side, e.g. `/tft member @Hong secretary`
help-add = makes an action item, e.g. `/tft add Draft of the opening plan @Kim @Park 2026-12-05 #center`
help-list = shows the open items, e.g. `/tft list overdue`, `/tft list #center`
help-mine = shows the items you own.
help-show = shows one item, e.g. `/tft show A-12`
help-done = records your side's part as done, e.g. `/tft done A-12`
help-undo = takes back what you did last (within ten minutes) or your confirmation, e.g. `/tft undo`, `/tft undo A-12`
help-reopen = opens a closed item again, e.g. `/tft reopen A-12`
help-history = shows who changed what and when, e.g. `/tft history A-12`
help-assign = gives a side’s part to somebody, e.g. `/tft assign A-12 @Park`
help-due = moves the due date, e.g. `/tft due A-12 next Friday`, `/tft due A-12 none`
help-edit = changes an item in a form, e.g. `/tft edit A-12`
help-postpone = asks whether to move the due date or only to rest reminders to you, e.g. `/tft postpone A-12`
help-snooze = rests reminders to you alone, e.g. `/tft snooze A-12 next week`
help-cancel = cancels an item with a reason, e.g. `/tft cancel A-12 not in the budget`
help-note = keeps a note on how it goes, e.g. `/tft note A-12 two offers are in`
help-search = searches titles, descriptions and notes, e.g. `/tft search shuttle budget`

## Answers

not-understood = I did not understand “{ $text }”. Please choose below.
not-understood-nearest = I did not understand “{ $text }”. Did you mean `/tft { $meant }`?
typed = You typed: { $text }
typed-label = Here is what you typed:
sorry = Sorry, something went wrong in the bot and nothing was changed. Please try again in a moment; if it happens again, give your administrator the reference `{ $reference }`.
sorry-title = Something went wrong
close = Close
which-task-force = You are in several task forces. Which one do you mean?
open-form = Open the form
open-form-hint = The button below opens the form.
no-task-force-here = This channel has no task force yet. Use the channel of your task force, or type `/tft setup` to set one up here.
no-task-force-yet = You are not in the roster of any task force yet. Type `/tft join` in its channel, or write `setup` here to set one up.
not-in-roster = You are not in the roster of “{ $name }” yet. Type `/tft join` in its channel to join your side.

## Settings

setting-not-a-bot-token = This is not a bot token. Use the one that begins with xoxb-, from Slack's page OAuth & Permissions.
setting-not-an-app-token = This is not an app-level token. Use one that begins with xapp-, made under Basic Information, App-Level Tokens, with connections:write.
setting-not-an-address = This is not a web address. It begins with http:// or https://.
setting-not-a-database = This is not a database that can be used. Write sqlite:///var/tft.db or postgresql://user:password@host/database.
setting-not-a-key = This is not a key. `tft doctor` shows a fresh one. Several are separated by commas, the newest first.
setting-not-a-language = Use ko or en.
setting-not-a-level = Use DEBUG, INFO, WARNING or ERROR.
setting-not-a-port = Use a number from 1 to 65535.
setting-not-seconds = Use a number of seconds, more than 0 and at most 3600.
setting-bot-token-missing = This is missing. It is the Bot User OAuth Token (xoxb-…) on Slack's page OAuth & Permissions.
setting-app-token-missing = This is missing. Make it on Slack's page Basic Information under App-Level Tokens, with connections:write.
setting-signing-secret-missing = This is missing. To hear Slack by HTTP it takes the Signing Secret from Slack's page Basic Information.
settings-bad = There is something wrong with the settings. Please fix this and start again:

## The app in Slack

manifest-name = TFT Bot
manifest-description = Joint action items of a two-sided task force: an owner on each side, closed by each side's ✅.
manifest-command = Add, list and close your task force's action items
manifest-usage = add TITLE @owner @owner Dec 5 #stream · list · mine · show A-12 · done A-12 · help

## Setting up a task force

role-lead = lead
role-deputy = deputy
role-secretary = secretary
role-member = member
role-observer = observer
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
join-button = Join
name-empty = It needs at least one letter or digit.
name-too-long = At most { $limit } characters, please. These are { $length }.
setup-title = Set up a task force
setup-submit = Set up
setup-intro = Four questions. Everything else starts with good defaults and can be changed later.
setup-name = Name of the task force
setup-name-hint = For example: Joint Task Force Smart Mobility
setup-side = Side { $number } · name of the organisation
setup-side-hint = A short name for messages and minutes. For example: GIST, Yeonggwang
setup-person = Side { $number } · first lead or secretary
setup-person-placeholder = Type or choose a name
setup-person-option = { $name } · { $title }
setup-role = Side { $number } · role of that person
setup-more-sides = Add a side
setup-fewer-sides = Remove the last side
setup-weekday = Day of the weekly summary
setup-after = From then on, only a side's own lead, deputy or secretary can change its people. Filling in this form gives you no role unless you name yourself.
setup-which-channel = Which channel is the task force for? Please choose one that the bot is in.
setup-choose-channel = Choose a channel
setup-begin = Set up a task force
setup-hello = Hello, I am the bot for joint task forces. Each item has an owner on each side and is closed with ✅. Press the button below or type `/tft setup` to begin.
setup-done = *{ $name }* is set up. I am posting the menu in the channel and pinning it. Now everybody joins their side with `/tft join`, and its lead or secretary approves.
setup-already = This channel already has its task force: *{ $name }*
setup-who-may = Settings can be changed by: { $names }
setup-ahead = Somebody else has just set up a task force in this channel. Type `/tft` to see it.
setup-named = You are now { $role } of { $side } in *{ $name }*. When people want to join your side, I will ask you here. `/tft roster` shows who is in, `/tft member` sets roles.
setup-menu = Menu of { $name }
setup-menu-hint = Everything can be done with these buttons. Only you see the answers.
setup-side-twice = A side above has the same name. Please choose another.
setup-person-twice = One person cannot represent two sides. Please choose somebody else.
setup-person-missing = Please choose this side’s first lead or secretary from the list.
setup-person-bot = A bot cannot take this on. Please choose a person.
setup-person-not-here = { $name } is not in this channel. Invite them first, or choose somebody else.
setup-bot-not-here = The bot is not in this channel. Invite it there with /invite and try again.
setup-asker-not-here = Only people in the channel can set up its task force.

## Action items

item-owner = { $side } owner: { $owner }
item-owner-done = { $owner } · ✅ done
item-owner-seen = { $owner } · 👀 seen
item-due = Due: { $due }
item-stream = Workstream: #{ $stream }
item-open = Open · still to confirm: { $waiting }
item-half-done = { $done } done · now { $turn }’s turn (day { $days })
item-closed = Done · { $at }
item-cancelled = Cancelled: { $reason }
item-card-how = ✅ our side has done its part · 👀 seen, I take it on (for the owner, or the side's lead or deputy)
item-card-again = This item was opened again. Earlier ✅s do not count: when done, take yours away and press it again, or use the button.
item-done = Done
item-edit = Change
item-details = Details
item-undo = Undo
item-reopen = Open again
item-seen = Accept
item-added = Item added: { $item }
item-recorded = { $ref } is recorded as done for { $side } · If you only meant “read”, press Undo and react with 👀 instead.
item-recorded-closed = All confirmations are in: { $ref } is closed.
item-taken-back = { $ref } is no longer recorded as done for { $side } · { $state }
item-tick-stays = If your ✅ is still on the card, it no longer counts. When done, take it away and press it again, or press Done.
item-assigned = You have a new item. (Added by { $by })
item-assigned-for = Please pass this on to an owner who does not use Slack: { $owner } (added by { $by })
the-bot = the bot
item-owner-is-you = You named no owner, so it is yours. Press Change to name somebody else.
item-which = Please add the item's number, e.g. `A-12`
item-not-found = There is no { $ref } in “{ $name }”. See `/tft list` for the numbers.
item-gone = That item cannot be found. Please choose it again from `/tft list`.
item-not-open = { $ref } is already finished, so nothing was changed · { $state }
item-open-already = { $ref } is already open.
item-nothing-to-undo = You have not recorded { $ref } as done, so there is nothing to undo.
item-reaction-set-aside = { $ref } was opened again after that ✅, so it does not count. When done, take it away and press it again.
item-observer-may-not = Observers cannot add or change items. Please ask your side's secretary for another role.
item-owner-observer = An observer cannot own an item: { $name }
item-owners-of-one-side = A side has one owner. You named two of the same side: { $one }, { $other }
item-owner-not-in-roster = This owner is not in the roster: { $name }. They first need to join with `/tft join`.
item-owner-name-unclear = Several people have this name: { $name }. Please choose one with a Slack mention.
item-title-missing = Please say what is to be done, e.g. `/tft add Draft of the opening plan @Kim @Park 2026-12-05 #center`
item-title-long = A title has at most { $limit } characters; this one has { $length }. Please shorten it and send it again.
item-confirm-stranger = { $ref }: you are not in the roster of this task force, so your ✅ does not count. Type `/tft join` in its channel to join.
item-confirm-observer = { $ref }: an observer's ✅ does not count.
item-confirm-no-part = { $ref }: your side has no owner in this item, so your ✅ does not count.
item-confirm-not-owner = { $ref }: only your side's owner, lead or deputy can confirm it, so your ✅ does not count.
item-confirm-for-another-side = { $ref }: you have already confirmed for another side; one person cannot count for two.
item-date-impossible = There is no such date in the calendar. Please correct it and send it again, e.g. `2026-12-05`
item-closed-meanwhile = { $ref } was finished in the meantime and cannot be changed. Open it again first.
item-changed = Changed: { $item }
item-unchanged = { $ref }: nothing was changed.
item-same-title = An item with the same title was added a moment ago: { $item }. Add another one?
item-add-again = Add another one
item-due-question = { $ref } has no due date yet, because “{ $written }” can be read in more than one way. Please press the right one.
item-due-not-read = No due date could be read from what you typed, so there is none. Press Change to choose one.
item-due-set-already = The due date of { $ref } was set in the meantime. Press Change to set another.
item-due-in = By { $due } · working days left: { $days }
item-due-day-off = That is a day off ({ $name }). The next working day is { $next }
item-due-past = This date has passed. Please choose today or a later day.
item-time-alone = There is a time but no date. Please choose the date as well.
item-stream-long = A workstream has at most { $limit } characters.
item-needs-owner = An item needs at least one owner.
item-owner-gone = This person is no longer in the roster on that side. Please choose another owner.
weekend = weekend
item-made = Added by { $by } · { $at }
item-confirmed = { $side } done: { $at }
item-history = History
history-heading = *History of { $ref }* · page { $page } of { $pages } (newest first)
history-created = added: { $title }
history-confirmed = recorded as done for { $side } ({ $how })
history-by-reaction = ✅ reaction
history-by-button = button or command
history-unconfirmed = took back the record as done for { $side }
history-closed = closed as done
history-reopened = opened again
history-seen = 👀 seen
history-unseen = took 👀 back
history-changed = { $what } changed: { $old } → { $new }
field-title = Title
field-due = Due date
field-time = Time
field-stream = Workstream
field-stream-hint = e.g. center, graduate school, training, budget
field-owner = { $side } owner
field-empty = none
form-add = Add an item
form-change = Change { $ref }
form-submit = Add
form-save = Save
form-cancel = Cancel
form-nobody = Nobody
form-one-owner = At most one owner per side. If you choose nobody, the item is yours.
form-overtaken = Somebody else changed the same fields in the meantime. What you entered is still here; save again to replace theirs.
form-stands-at = { $what } is now: { $value }
list-heading = *{ $name }* · { $kind }: { $total }
list-heading-page = { $heading } · page { $page } of { $pages }
list-empty = No items found.
list-open = open items
list-mine = my items
list-overdue = overdue items
list-waiting = half-done items
list-closed = closed items
list-all = all items
list-before = Previous
list-after = Next
list-whose = There is no side or person “{ $word }” in the roster. Try e.g. `/tft list overdue @Hong #center`
home-title = My items
home-nothing = Nothing is waiting for you right now.
home-nowhere = You are in no task force yet. Type `/tft join` in its channel, or press the button of its menu message.
home-overdue = Overdue
home-open = Open
home-more = These are the { $shown } most urgent. See each task force's list for the rest.
window-title = Action items
item-open-short = Open
item-overdue-turn = Overdue · { $turn }’s turn (day { $days })
item-nothing-done = There is nothing in “{ $name }” that you recorded as done and could take back.
item-due-moves = due date moved: { $count }
item-due-which = { $ref } keeps its due date, since what you typed can be read in more than one way: “{ $written }”. { $why } Please press the right one.
item-due-unread = { $ref } keeps its due date: “{ $written }”. { $why } Press Change to choose a date, or take it away with `/tft due { $ref } none`
item-moved = The due date of { $ref } has moved: { $old } → { $new } · { $title } (by { $by })
item-postpone = Postpone
item-postpone-what = { $ref }: what is to be postponed? { $title }
item-postpone-due = Move the due date
item-snooze = Only reminders to me
item-snooze-when = { $ref }: until when should reminders to you rest? { $title }
item-snoozed = { $ref }: you get no reminders about this item before { $until }. It is still due: { $due }
item-snooze-past = Please give tomorrow or a later day, e.g. `/tft snooze A-12 next week`
item-snooze-unread = No date could be read from “{ $written }”. Try e.g. `/tft snooze A-12 tomorrow`
item-rests = Reminders to you rest until { $until }.
item-ask-owner = Ask for another owner
item-choose-owner = Choose another owner
item-not-yours = { $ref } is not yours. Press Change to give it to somebody else.
item-owner-asked = { $ref }: your request for another owner was passed on to { $names }. Until then it stays yours.
item-owner-asks = { $ref }: { $owner } asks for another owner. The reason:
item-cancel = Cancel
item-cancelled-by = An item of yours was cancelled. (By { $by })
item-confirm-cancelled = { $ref } was cancelled, so your ✅ does not count.
item-note = Add a note
item-noted = { $ref }: your note was kept. It stands in the details and in the history.
item-words-long = You can write { $limit } characters; this has { $length }.
words-title-item-cancel = Cancel an item
words-title-item-note = Note
words-title-item-ask-owner = Another owner
words-item-cancel = Why it is cancelled
words-item-note = How it goes on
words-item-ask-owner = Why somebody else should own it
words-hint-item-cancel = Shown on the card and to the owners.
words-hint-item-note = Everybody who sees this item can read it.
words-hint-item-ask-owner = Your side’s lead, deputy and secretary and who added the item are told.
history-snoozed = reminders to the writer rest until { $until }
history-owner-asked = another owner asked for: { $text }
history-cancelled = cancelled: { $text }
history-noted = note: { $text }
field-description = Description
field-link = Link
field-task = { $side } part
field-due-of = { $side } part due
item-link-strange = Please give one address that begins with http:// or https://
item-part-nobody = Please choose this side’s owner first.
list-search = Search
list-everywhere = All my task forces
search-heading = *{ $name }* · search “{ $text }”: { $total }
search-nothing = Nothing was found in titles, descriptions, workstreams and notes. Try fewer or other words.
search-title = Search items
search-submit = Search
search-words = What to look for
search-hint = Looks in titles, descriptions, workstreams and notes, for all of the words.
item-undone = { $ref }: { $what }
undone-changed = your last change was taken back.
undone-created = the item you just added was cancelled.
undone-cancelled = it is not cancelled any more.
undone-noted = your last note was taken away.
undone-snoozed = you get reminders again.
undone-seen = your 👀 was taken back.
undone-reason = added by mistake
undo-not-this = What you did last cannot be undone. Look at `/tft history A-12` and put it right with `/tft edit A-12`.
undo-overtaken = { $ref } was changed again meanwhile, so nothing was undone. See `/tft history { $ref }`.
history-undone = took the last act back

## Dates

date = { $weekday } { $day } { $month } { $year }
no-due-date = no due date
day-short-0 = Mon
day-short-1 = Tue
day-short-2 = Wed
day-short-3 = Thu
day-short-4 = Fri
day-short-5 = Sat
day-short-6 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## The doctor

doctor-secret-key = There is a key that encrypts stored tokens.
doctor-no-secret-key = TFT_SECRET_KEY is not set: tokens are stored as they are.
mend-no-secret-key = Set this and start again: TFT_SECRET_KEY={ $key }
doctor-database = The database is ready: { $place }
doctor-database-missing = The database file is not there yet: { $place }
mend-database-missing = Run: tft db upgrade
doctor-database-away = The database cannot be reached: { $place } ({ $error })
mend-database-away = Check host, name and password in DATABASE_URL, and the database server.
doctor-database-behind = The database's tables are older than this version ({ $at }, needed: { $newest }).
mend-database-behind = Stop the bot and run: tft db upgrade
doctor-database-newer = A newer version of the bot has used this database ({ $at }).
mend-database-newer = Update the bot to that version, or use a backup from before it.
doctor-running = The bot is running on this database file.
doctor-not-running = No bot is running on this database file at the moment.
doctor-token-sealed-otherwise = The token of the workspace “{ $team }” was encrypted with another key.
mend-token-sealed-otherwise = Append the key of that time to TFT_SECRET_KEY after a comma, or set SLACK_BOT_TOKEN and start again.
doctor-token-plain = The token of the workspace “{ $team }” is still stored without encryption.
mend-token-plain = Start the bot again: it will be encrypted.
doctor-waiting = Messages waiting to be sent: { $count }
doctor-parked-posts = Slack has refused { $count } messages for good: { $which }
mend-parked-posts = Invite the bot to the channel again or unarchive it, then stop the bot, run `tft doctor --retry`, and start it.
doctor-parked-events = { $count } events from Slack could not be handled: { $which }
mend-parked-events = Look for the reference in the log and fix the cause (a newer version may), then stop the bot and run: tft doctor --retry
doctor-unreachable-people = Slack does not let the bot write to { $count } people: { $which }
mend-unreachable-people = Ask Slack's administrators whether the account is active and whether apps may write to guests and to the other organisation. Until then they are told in the card's thread.
doctor-bot-token = The bot token works: workspace { $team }, { $user }
doctor-bot-token-refused = Slack refuses the bot token ({ $error }).
mend-bot-token-refused = Install the app again and put the token from OAuth & Permissions into SLACK_BOT_TOKEN.
doctor-app-token = The app-level token works and Socket Mode is on.
doctor-app-token-refused = Slack does not open Socket Mode for the app-level token ({ $error }).
mend-app-token-refused = Turn Socket Mode on, make a token with connections:write under Basic Information, and put it into SLACK_APP_TOKEN.
doctor-slack-away = { $host } cannot be reached ({ $method }, { $error }).
mend-slack-away = Check the network, the firewall and SLACK_API_URL.
doctor-scopes = All needed scopes are granted.
doctor-scopes-missing = The workspace has not granted: { $scopes }
mend-scopes-missing = Paste manifest.json into Slack's page App Manifest again and reinstall the app.
doctor-scopes-unknown = Slack did not say which scopes are granted.
mend-scopes-unknown = Compare the scopes on the page OAuth & Permissions with manifest.json.
doctor-clock-right = This machine's clock agrees with Slack's.
doctor-clock = This machine's clock differs from Slack's by { $seconds } seconds.
mend-clock = Turn on time synchronisation (NTP). At five minutes every request from Slack is refused.
doctor-manifest = manifest.json is that of the code.
doctor-manifest-differs = manifest.json differs from the code's.
mend-manifest-differs = Run `tft manifest --json > manifest.json` and paste it into Slack's page App Manifest.
doctor-setting = { $variable }: { $why }
doctor-healthy = Nothing is wrong.
doctor-ill = Problems to fix: { $count }
doctor-slack-busy = Slack asks for patience ({ $method }).
mend-slack-busy = Run `tft doctor` again in a minute.

## Why each scope

scope-app-mentions-read = hears mentions of the bot in channels
scope-channels-history = looks for its own message after an uncertain send, and reads the one message that somebody makes an item of with 📝
scope-channels-read = knows the channel that has a task force
scope-chat-write = posts cards, answers and direct messages
scope-commands = the slash command /tft
scope-groups-history = the same as channels:history in private channels
scope-groups-read = the same as channels:read in private channels
scope-im-history = hears direct messages to the bot
scope-im-write = opens direct messages
scope-pins-write = pins the menu
scope-reactions-read = hears ✅ and 👀 on its messages, and looks them up after downtime
scope-reactions-write = puts the first ✅
scope-users-read = names, languages and time zones

## The command line

database-in-use = Another process is already running on { $file }. A SQLite file is for one process. Stop the other one, or set DATABASE_URL to a PostgreSQL for several processes.
database-behind = The database's tables are not those of this version. Run `tft db upgrade` first.
database-newer = A newer version of the bot has used this database. Update the bot.
database-away = The database cannot be reached ({ $error }). Check DATABASE_URL.
token-refused = Slack refuses the bot token ({ $error }). Check SLACK_BOT_TOKEN; `tft doctor` says more.
slack-away = Slack cannot be reached, and the workspace of this token is not known yet ({ $error }). Check the connection and start again.
web-on-sqlite = On SQLite one process does everything. Start `tft web --with-worker`, or set DATABASE_URL to a PostgreSQL.
upgraded = The database is ready ({ $at }).
demo-ready = The demo is ready. Open in a browser: { $url } (Ctrl-C ends it; it goes on next time; --reset begins anew; logs in { $folder })
demo-workspace-gone = The local Slack workspace has ended: { $said }
retried = Messages queued again: { $posts }; events handled: { $events }; failed again: { $failed }. Messages go out when the bot is started.
app-token-refused = Slack refuses the app-level token ({ $error }). Check SLACK_APP_TOKEN; `tft doctor` says more.
demo-in-use = The demo is running already ({ $file }). End it with Ctrl-C in its window, or use another folder with --folder.

## The roster

help-settings = sets the language in which the bot speaks with you.
save = Save
page-before = Back
page-after = Next
language-ko = 한국어
language-en = English
language-slack = As in Slack
roster-title = Roster of { $name }
roster-side = *Side { $side }* ({ $count })
roster-person = *{ $role }* { $who }
roster-pending = ⏳ { $line } (waiting for approval)
roster-without-slack = { $line } (no Slack)
roster-page = Page { $page } of { $pages }
roster-asks = { $who } would like to join your side.
roster-more-ask = { $count } more are waiting for approval. Please decide about those above first.
roster-me = My details
roster-show = Show the roster
roster-add = Add somebody
roster-change = Change somebody on your side
roster-nobody = There is no such person. Look again with `/tft roster`.
roster-no-right = Only { $side }’s own lead, deputy or secretary can change its people and roles: { $names }
roster-other-side = { $who } is on { $side }’s side. Each side’s people and roles are changed by that side alone. At { $side } these people can: { $names }
roster-last-keeper = { $who } is the last lead, deputy or secretary of { $side }. Name somebody else first, e.g. `/tft member @name secretary`
roster-owns-items = { $who } owns items that are not done: { $refs }. Please give these to somebody else or finish them first.

## Joining

welcome = Welcome to *{ $name }*. Here two organisations keep what they have to do together; the owner on each side closes it by pressing ✅.
welcome-choose = *Which side are you on?* Its lead or secretary approves.
welcome-side = Side { $side }
welcome-three =
    { "*" }Three things to know.*
    1. Make an item with `/tft add` or the button below.
    2. When your part is done, press ✅ on its card. If you have only read it: 👀.
    3. When stuck, type `/tft help` or send the bot a direct message.
welcome-stored = *What is stored:* your name, department and position, what you say to the bot and the buttons you press, your reactions on the bot’s messages. Other messages of the channel are not.
welcome-back = { $who }, you are in the roster of *{ $name }* as { $role } of { $side }.
welcome-pending = { $who }, your request to join { $side } in *{ $name }* is waiting for approval. To correct it, type `/tft join`.
join-title = Join
join-submit = Ask to join
join-intro = Minutes and messages use the name and position that you give here.
join-side = Your side
join-side-hint = Its lead, deputy or secretary approves.
join-which-side = Please choose your side.
join-already = { $who }, you are already in the roster as { $role } of { $side }.
join-asked = You have asked to join { $side }. These people can approve: { $names }. You will be told.
join-asked-nobody = You have asked to join { $side }, but nobody there can approve in Slack at the moment. Please tell whoever looks after the bot.
join-request = *{ $name }*: { $who } would like to join { $side }
join-approve = Approve
join-reject = Reject
join-approved = { $who } is now on { $side }’s side.
join-rejected = You declined the request of { $who } to join { $side }.
join-approved-by = Approved by { $by }
join-rejected-by = Declined by { $by }
join-let-in = You have joined { $side } in *{ $name }*. Approved by { $by }
join-not-let-in = Your request to join { $side } in *{ $name }* was declined by { $by }. If you chose the wrong side, ask again with `/tft join` in the channel.
join-already-decided =
    { $state ->
        [active] { $who } is in the roster of the side { $side } already.
       *[left] The request of { $who } was rejected already, or they were taken out of the roster.
    }

## People

member-name = Name
member-name-hint = As it should appear in minutes and messages.
member-department = Department
member-job-title = Position
member-language = Language of the bot
member-role = Role
member-me-title = My details
member-add-title = Add somebody
member-add-intro = Somebody for *{ $side }*. People without Slack can own items and attend meetings, too.
member-change-title = Change somebody
member-change-intro = Somebody of *{ $side }*.
member-remove = Remove from the roster
member-remove-sure = Remove { $who } from the roster? Everything recorded so far stays.
member-added = { $who } is now in the roster as { $role }.
member-role-given = { $who } has a new role: { $old } → { $role }
member-role-same = { $who } is already { $role }.
member-saved = Saved: { $who }, { $role }
member-removed = { $who } has been removed from the roster.
member-linked = { $who } now has a second Slack account in the roster.
member-told = You are now { $role } of { $side } in *{ $name }*. Changed by { $by }
member-told-removed = You were removed from the roster of *{ $name }*. Changed by { $by }
member-unclear = I did not understand whom to change and how. For example: `/tft member @name secretary`, `/tft member add Jane Roe, Safety Department, officer`, `/tft member remove @name`. Roles: { $roles }
member-no-such = There is no “{ $who }” in the roster. See `/tft roster`, mention the person, or type `/tft member add` for somebody new.
member-which = There are several: { $names }. Mention the person, or choose under “Change somebody on your side” in `/tft roster`.
member-not-in-roster = They are not in the roster. See `/tft roster`.
member-there-already = That Slack account is already in the roster: { $who }
settings-language = Current language: { $now }. Which one would you like?
settings-hint = This applies to what only you see. The channel speaks the language of the task force.
settings-language-set = From now on I will speak English with you.

# Delivery
item-mention = { $who } I cannot write to you directly, so I say it here: there is news about { $ref }. Look at the card above, or type `/tft show { $ref }`.
posted-again = Posted again: the earlier message was gone.

## Due dates in words

dates-until = by { $due }
dates-left =
    { $count ->
        [0] no working day left
        [one] 1 working day left
       *[other] { $count } working days left
    }
dates-overdue =
    { $count ->
        [one] 1 working day late
       *[other] { $count } working days late
    }
dates-today = today
dates-weekend = weekend
dates-day-off = a day off ({ $name })
dates-kind-date = date
dates-kind-question = question
dates-kind-none = no date
dates-why-past-next = That day has passed; taken as the next one.
dates-why-next-year = Past for this year; taken as next year.
dates-why-about = The date is approximate. Which day exactly?
dates-why-after-holiday = By which day after the holidays?
dates-why-am-or-pm = Morning or afternoon?
dates-why-before = Does “before” mean by the day before, or by that day?
dates-why-counted-from = Counted from which day?
dates-why-day-off = Today is a day off. Today, or the next working day?
dates-why-far = That is more than ten years ahead. Is the year right?
dates-why-leap-day = Not every year has that day. Which day?
dates-why-leftover = There are other words beside the date. Is this the date?
dates-why-length = Only a length of time is given. Counted from now it ends here: is that right?
dates-why-length-and-weekday = The weekday of that week, or the one that follows?
dates-why-midnight = Midnight at the beginning or at the end of the day?
dates-why-mixed = There is a date, and also “TBD” or “as soon as possible”. Is this the date?
dates-why-next-weekday = The weekday of next week, or the coming one?
dates-why-no-working-day = That week has no working day left. Which day?
dates-why-one-syllable = Is that one syllable a weekday?
dates-why-order = It is not clear which figure is the year, month and day. Which day?
dates-why-past-time = That time has passed. When?
dates-why-range = That is a range. Is its last day the due date?
dates-why-same-weekday = Today is that weekday. Today, or next week?
dates-why-several = There are several dates. Which one?
dates-why-several-days = That holiday lasts several days. By which one?
dates-why-start = That is when something begins. When is it due?
dates-why-unknown-holiday = The calendar does not have that holiday. Please choose the date.
dates-why-unmarked = It is not clear whether the date in this line is the due date. Is it?
dates-why-unsure = Not certain. Is this the date?
dates-why-unusual-form = An unusual way to write a date. Is this the date?
dates-why-vague = “Early”, “mid” and “weekend” are more than one day. Which day exactly?
dates-why-vague-time = “Evening”, “lunch” and the like are more than one hour. By what time?
dates-why-week-of-month = Weeks of a month are counted in several ways. Which day?
dates-why-week-start = Today is Sunday. The week that begins tomorrow, or the one after?
dates-why-weekday-mismatch = The date and the weekday do not fit. Which is right?
dates-why-which-holiday = Which holidays?
dates-why-which-month = This month or next month?
dates-why-wide = That is a whole year. By the end of it?
dates-why-asap = “As soon as possible” is not a date.
dates-why-context = It depends on another date, so the day is not known.
dates-why-empty = Nothing is written there.
dates-why-lead = That says how long before the due date: a time for a reminder, not a due date.
dates-why-no-date = No date was found.
dates-why-no-such-date = No calendar has that date.
dates-why-no-such-time = That day has no such time.
dates-why-past = That date has passed.
dates-why-recurrence = That recurs; it is not one due date.
dates-why-unclear = There are words about dates, but they were not understood.
dates-why-undecided = The date is not decided yet.

question-pick-date = Another date
question-no-date = Leave without date
question-nobody = None of them
question-owner = { $ref } It is not certain who is meant as the owner, so nobody was put in yet: “{ $written }”. Press the right person.
question-owner-unknown = { $ref } This name is not in the roster, so nobody was put in yet: “{ $written }”. Press Change to choose from the roster.
question-open-due = Please check the due date: “{ $written }” ({ $readings })
question-open-owner = Please check the owner: “{ $written }” ({ $names })
question-answered = { $ref } This question has been answered or is not asked any more, so nothing was changed.
question-settled = { $ref } It stays as it is. Press Change at any time.
item-owner-is-you-meanwhile = Until the owner is confirmed, you are the owner.
item-source = The message that this came from
home-questions = Questions waiting for your answer

item-source-offer = Make this message an action item? Nothing is stored before you press the button.
item-make = Make it an action item
item-source-elsewhere = Only messages in a channel of this task force can become its action items.
manifest-make-item = Make it an action item
manifest-make-item-what = Makes an action item of the task force from this message.
manifest-add-item = Add an action item
manifest-add-item-what = Opens the form for a new action item of the task force.

pasted-heading = This is how the lines were understood ({ $total }). Nothing has been made yet.
pasted-make-all = Add all
pasted-drop = Add none
pasted-make-rest = Add the other { $left }
pasted-made = Action items added: { $count }.
pasted-dropped = Not added: { $count }.
pasted-owner-you = Owner: you
pasted-asks = something to ask once it is there
pasted-gone = This list was added or dropped before, so nothing was changed.

## Reminders and the weekly summary

field-ladder = Reminders
field-ladder-hint = How many working days before the due date; 0 is the day itself. Example: 14,7,0. Empty: as the task force has set.
item-ladder-strange = Write working days before the due date, from 0 to 60, with commas between them. Example: 14,7,0
tick-nothing = There is nothing to send at that time.
doctor-set-aside = The schedule failed at { $count } things and has set them aside for a while: { $which }
mend-set-aside = Find the cause in the log and mend it (a value of an item may be wrong). The bot tries again, less and less often.
doctor-reckoned = All reminders are due when they should be.
doctor-misreckoned = Reminders that are not due when they should be: { $count }
mend-misreckoned = Run tft doctor --repair.
repaired = Reminders that are due at the right time again: { $count }
help-summary = The weekly summary as of now. Example: `/tft summary`, `/tft summary all`, `/tft summary report`
help-preview = What will be sent next, and to whom. Example: `/tft preview nudges`, `/tft preview weekly`
nudge-when-late = *This is overdue.*
nudge-when-today = *This is due today.*
nudge-when-soon = *This is due soon.*
nudge-one-how = You get this because it is yours on the { $side } side. A ✅ on this message counts as done for your side. For fewer reminders press Remind me later.
nudge-snooze = Remind me later
nudge-due = Change the date
nudge-handover = Hand over
nudge-left = working days left: { $count }
nudge-last = today is the last working day before
nudge-passed = working days overdue: { $count }
nudge-other = with { $owner }
nudge-other-done = { $owner } is done
nudge-owner = owner: { $owner }
nudge-unseen = not seen yet by its owner: { $owner }
nudges-heading = *To look after: { $count }* · { $day }
nudges-group-late = *Overdue*
nudges-group-today = *Due today*
nudges-group-soon = *Due soon*
nudges-group-side = *On your side, please have a look*
nudges-others = { $count } more
nudges-how = You get this once a day because these are yours, or you look after your side. Choose Remind me later from ⋯ at the end of a line to let it rest.
channel-heading = *Due dates close by: { $count }*
channel-more = And { $count } more.
channel-all = All items
weekly-heading = *{ $name }, weekly summary* · { $day }
weekly-first = This is the first weekly summary. What changed is counted from the task force's beginning.
weekly-since = Last summary: { $day }
weekly-uneventful = Nothing was added, closed or moved since the last summary ({ $day }).
weekly-part-yours = *1. For you to do*
weekly-part-coming = *2. The next two weeks*
weekly-part-turns = *3. Whose turn it is*
weekly-part-since = *4. Since the last summary*
weekly-nothing-yours = Nothing at the moment.
weekly-nothing-coming = Nothing is due within two weeks.
weekly-nothing-turn = Nothing waits for one side only.
weekly-nothing-since = Nothing changed.
weekly-joining = Waiting to join your side: { $count }
weekly-late = Overdue on your side, working days: { $days } · { $item } · owner: { $owner }
weekly-turn = { $turn } (day { $days }, since { $since }): { $item }
weekly-turn-channel = { $turn }: { $item }
weekly-closed = Closed, { $count }: { $which }
weekly-slipped = Moved, { $count }: { $which }
weekly-made = New, { $count }: { $which }
weekly-more = Details ({ $count } more lines)
weekly-report = Text for a report
weekly-why = Leads, deputies and secretaries get this once a week. `/tft summary` shows it at any time.
weekly-why-channel = Posted once a week. `/tft summary` shows it at any time.
report-how = Copy the text below into your report.
report-title = □ { $name }: weekly status as of { $day }
report-part-coming = Due in the next two weeks
report-part-turns = Waiting for confirmation
report-part-since = Changes since the last summary
report-nothing = None
report-turn = { $item }: waiting for { $turn }
report-closed = Closed: { $item }
report-slipped = Moved: { $item } { $moved }
report-made = New: { $item }
preview-which = Say what to preview. Example: `/tft preview nudges`, `/tft preview weekly`
preview-nudges = *Next reminders* · yours and, if you look after your side, those of your side.
preview-no-nudges = No reminders are planned.
preview-nudge = { $at } → { $who }: { $what }
preview-of-side = for your side { $item } ({ $due })
preview-channel = { $at } → channel: due dates close by, { $count } (nothing is sent for 0)
preview-weekly = The next weekly summary comes on { $at }. Sent now, it would be this.
preview-weekly-not-you = Leads, deputies and secretaries get the weekly summary on { $at }. Looked at now, it is this.
## The budget year

date-of-year = { $day } { $month }
preset-agreed = agreed date (open)
preset-act-by = done by { $day }
preset-year-before = { $days } of the year before
preset-year-itself = { $days } of that year
preset-year-after = { $days } of the year after
preset-days-strict = { $days } days before the fiscal year begins (that day not counted)
preset-days-customary = { $days } days before the fiscal year begins (as is customary)
preset-after-project-year = within { $months } months of the end of the project's year
preset-after-stage = within { $months } months of the end of the project's stage
preset-after-project = within { $months } months of the end of the project
preset-before-row = { $days } day(s) before: { $name }
preset-after-row = { $days } day(s) after: { $name }
preset-rule-agreed = no date by law, the offices agree on it
preset-to-confirm = common practice (to be confirmed)
preset-check-law = check the law
preset-past = past
