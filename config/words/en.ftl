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
help-setup = sets up a task force in this channel; where there is one, changes its settings.
help-join = puts you on one of the sides.
help-roster = shows who is on which side in which role.
help-member = sets the role of somebody on your own side, e.g. `/tft member @Hong secretary`
help-add = makes an action item, e.g. `/tft add Draft of the opening plan @Kim @Park 2026-12-05 #center`. Begin with `internal:` for our side only, e.g. `/tft add internal: review the unit prices`
help-list = shows action items: by kind (open, mine, overdue, waiting, closed, all), person, side and workstream, together if you like, e.g. `/tft list overdue`, `/tft list mine overdue`, `/tft list waiting GIST #center`
help-mine = shows the items you own.
help-show = shows one item or decision, e.g. `/tft show A-12`, `R-7`
help-done = records your side's part as done, e.g. `/tft done A-12`
help-undo = takes back what you did last within ten minutes (items, decisions, budget) or your confirmation, e.g. `/tft undo`, `/tft undo A-12`, `/tft undo B-2`
help-reopen = opens a closed item again, e.g. `/tft reopen A-12`
help-history = shows who changed what and when, e.g. `/tft history A-12`, `history R-7`
help-assign = gives a side’s part to somebody, e.g. `/tft assign A-12 @Park`
help-due = moves the due date, e.g. `/tft due A-12 next Friday`, `/tft due A-12 none`
help-edit = changes an item, or a decision that is not in force yet, in a form, e.g. `/tft edit A-12`, `edit R-7`
help-postpone = asks whether to move the due date or only to rest reminders to you, e.g. `/tft postpone A-12`
help-snooze = rests reminders to you alone, e.g. `/tft snooze A-12 next week`
help-cancel = cancels an item, or withdraws a proposed decision, with a reason, e.g. `/tft cancel A-12 not in the budget`
help-note = keeps a note on an item or decision, e.g. `/tft note A-12 two offers are in`
help-search = searches items, decisions, budget lines and minutes, e.g. `/tft search shuttle budget`

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
setting-half-a-client = The client id and the client secret belong together: set both (Slack's page Basic Information) or neither.
setting-no-such-file = There is no such file, or it cannot be read.
setting-not-toml = This file is not TOML. Write one table per Slack app, e.g. [gist] and below it bot_token = "xoxb-…".
setting-no-apps = This file describes no Slack app.
setting-not-an-app = An app has a table of its own whose name has small letters, digits and hyphens only, and is not “default”.
setting-unknown = There is no such setting. An app has bot_token, app_token, signing_secret, client_id and client_secret.
setting-not-a-text = This must be a text in quotation marks, and not empty.
setting-twice = Another app has the same token. Each Slack app has its own.
setting-beside-apps = With TFT_APPS this goes into the file. Leave it empty here.
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
item-confirm-observer = { $ref }: an observer's ✅ or Done does not count. Your side's owner, lead or deputy can press it.
item-confirm-no-part = { $ref }: your side has no owner in this item, so it was not counted. If your side takes part, add its owner with Change.
item-confirm-not-owner = { $ref }: only your side's owner, lead, deputy or a secretary by delegation can confirm it, so it was not counted. If the owner is another now, say so with Change.
item-confirm-for-another-side = { $ref }: you have already confirmed for another side; one person cannot count for two.
item-date-impossible = There is no such date in the calendar. Please correct it and send it again, e.g. `2026-12-05`
item-closed-meanwhile = { $ref } was finished in the meantime and cannot be changed. Open it again first.
item-changed = Changed: { $item }
item-unchanged = { $ref }: nothing was changed.
item-same-title = An item with the same title was added a moment ago: { $item }. Add another one?
item-add-again = Add another one
item-due-question =
    { $words ->
        [none]
            { $item }
            No due date yet. { $why }
       *[some]
            { $item }
            No due date yet: “{ $written }”. { $why }
    }
item-due-not-read = { $why } So it has no due date. Press Change to choose one.
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
history-delegated = by delegation
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
form-nobody = Nobody
form-one-owner = At most one owner per side, and at least one in all.
form-one-owner-or-you = At most one owner per side. If you choose nobody, the item is yours.
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
list-whose = There is no side or person “{ $word }” in the roster. A workstream is written with #. Try e.g. `/tft list overdue @Hong #center`
list-one-each = A list takes one kind, one person, one side and one workstream at most: “{ $word }”. For example `/tft list overdue GIST #center`, `/tft list mine overdue`
home-title = My items
home-nothing = Nothing is waiting for you right now.
home-nowhere = You are in no task force yet. Type `/tft join` in its channel, or press the button of its menu message.
home-overdue = Overdue
home-open = Open
home-more = These are the { $shown } most urgent. See each task force's list for the rest.
window-title = TFT bot
item-open-short = Open
item-overdue-turn = Overdue · { $turn }’s turn (day { $days })
item-nothing-done = There is nothing in “{ $name }” that you recorded as done and could take back.
item-due-moves = due date moved: { $count }
item-due-which = { $ref }: the due date is not changed yet: “{ $written }”. { $why }
item-due-unread = { $ref } keeps its due date: “{ $written }”. { $why } Press Change to choose a date, or take it away with `/tft due { $ref } none`
item-moved-own = The due date of { $ref } for { $side }’s part has moved: { $old } → { $new } · { $title } (by { $by })
item-moved = The due date of { $ref } has moved: { $old } → { $new } · { $title } (by { $by })
item-postpone = Postpone
item-postpone-what = What would you like to postpone?
item-postpone-due = Move the due date
item-postpone-due-to = Move the due date: { $due }
item-snooze = Only reminders to me
item-snooze-when = Until when should your reminders rest?
item-snooze-tomorrow = Tomorrow,
item-snooze-next-week = Next week,
item-snoozed = { $ref }: you get no reminders about this item before { $until }. It is still due: { $due }
item-snooze-past = Please give tomorrow or a later day, e.g. `/tft snooze { $ref } next week`
item-snooze-unread = No date could be read from “{ $written }”. Try e.g. `/tft snooze { $ref } tomorrow`
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
words-title-item-cancel = Cancel the item
words-title-item-note = Add a note
words-title-item-ask-owner = Ask for another owner
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
search-nothing = Nothing was found in items (titles, descriptions, workstreams, notes), decisions, budget lines (names, notes, dates) and minutes. Try fewer or other words.
search-title = Search
search-submit = Search
search-words = What to look for
search-hint = Looks in items, decisions, budget lines and minutes for all of the words.
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

## Installing by OAuth

install-go = Continue to Slack
install-begin-title = Install the TFT bot
install-begin = The TFT bot keeps the joint action items of two organisations in one Slack channel. Slack will show you what it may see and do, and ask you to allow it.
install-begin-next =
    Continue within ten minutes, in this browser.
    On Slack's page choose your own organisation's workspace at the top right, then “Allow”.
install-done-title = Installed
install-done = The TFT bot is installed in the workspace “{ $team }”.
install-done-next =
    Go to the task force's channel in Slack and type /invite @TFT봇
    If the channel has no task force yet, type /tft setup there. If the other organisation has set it up, type /tft join
    You can close this page.
install-denied-title = Not installed
install-denied = It was not allowed on Slack's page. Nothing was installed.
install-denied-next =
    If your workspace asks an administrator first, send the request there and open the install page again when it is approved.
install-expired-title = Please begin again
install-expired = This visit is more than ten minutes old, was used already, or began in another browser. Nothing was installed.
install-expired-next =
    Open the install page again and go on in the same browser. Cookies must be allowed.
install-other-team-title = Not this workspace
install-other-team = The workspace “{ $team }” is not among those for which this bot is meant. It was taken out again.
install-other-team-next =
    Open the install page again and choose your organisation's workspace at the top right of Slack's page.
    If it was the right one, ask the bot's operator to add it to TFT_TEAMS.
install-whole-organisation-title = One workspace, please
install-whole-organisation = The bot can be installed in a workspace, not in a whole Enterprise organisation.
install-whole-organisation-next =
    Open the install page again and choose one workspace at the top right of Slack's page.
install-failed-title = Not installed
install-failed = Slack did not complete the installation ({ $error }).
install-failed-next =
    Open the install page again in a minute.
    If it happens again, give the bot's operator what stands in the brackets.

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
doctor-app-gone = The app “{ $app }” is installed in “{ $team }”, but is not among the apps of the settings any more.
mend-app-gone = Put the app back into the file that TFT_APPS names, or uninstall it on Slack's page of that workspace.
doctor-token-not-refreshed = The token of the workspace “{ $team }” could not be refreshed ({ $error }).
mend-token-not-refreshed = Check client id and client secret. If it says invalid_refresh_token, have the app installed again at /slack/install within two hours: until then the present token works.
doctor-silent-channels = Nobody of ours can speak in { $count } channels: { $which }. What is to be posted there waits.
mend-silent-channels = Unarchive the channel, or invite the app there again (/invite), or install it again. Nothing else is to be done: what waits goes out by itself.
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
doctor-fonts = There is a Korean font for PDFs: { $file }
doctor-no-korean-font = There is no Korean font for PDFs: minutes come without one, and nothing can be made to print.
mend-no-korean-font = Install Nanum: apt install fonts-nanum on Debian and Ubuntu, or pip install --no-deps koreanize-matplotlib if you may not.
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
scope-channels-history = hears the threads of meetings, looks for its own message after an uncertain send, and reads the one message that somebody makes an item or decision of with 📝 or 📌
scope-channels-read = knows the channel that has a task force
scope-chat-write = posts cards, answers and direct messages
scope-commands = the slash command /tft
scope-files-write = attaches files such as a handover list to direct messages
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
database-missing = The database file of DATABASE_URL is not there yet. Check the address, or run `tft db upgrade` first.
path-refused = { $file }: cannot be read or written ({ $error }). Check the path and its rights.
database-behind = The database's tables are not those of this version. Run `tft db upgrade` first.
database-newer = A newer version of the bot has used this database. Update the bot.
database-away = The database cannot be reached ({ $error }). Check DATABASE_URL.
token-refused = Slack refuses the bot token ({ $error }). Check SLACK_BOT_TOKEN; `tft doctor` says more.
slack-away = Slack cannot be reached, and the workspace of this token is not known yet ({ $error }). Check the connection and start again.
web-on-sqlite = On SQLite one process does everything. Start `tft web --with-worker`, or set DATABASE_URL to a PostgreSQL.
upgraded = The database is ready ({ $at }).
demo-ready = The demo is ready. Open in a browser: { $url } (Ctrl-C ends it; it goes on next time; make demo RESET=1 or --reset begins anew; logs in { $folder })
demo-workspace-gone = The local Slack workspace has ended: { $said }
retried = Messages queued again: { $posts }; events handled: { $events }; failed again: { $failed }. Messages go out when the bot is started.
app-token-refused = Slack refuses the app-level token ({ $error }). Check SLACK_APP_TOKEN; `tft doctor` says more.
demo-in-use = The demo is running already ({ $file }). End it with Ctrl-C in its window, or use another folder with --folder.

## The roster

help-settings = sets your language, your hours for direct messages and your time zone, e.g. `/tft settings`, `/tft settings korean`
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
roster-no-messages = { $line } (no direct messages)
roster-no-messages-note = No direct messages: Slack refuses what the bot sends to them. News mentions them in the card’s thread; please pass on what is urgent.
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
roster-owns-items = { $who } owns things that are not done: { $refs }. Please hand them over first (`/tft handover`), or finish them.

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
join-taken-back = Taken back: another side was asked instead.
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

# Delivery
item-mention = { $who } I cannot write to you directly, so I say it here: there is news about { $ref }. Look at the card above, or type `/tft show { $ref }`.
file-attached = Attached: { $link }
file-refused = The file { $name } could not be attached: Slack did not take it. Please ask an administrator about the workspace’s file policy and the app’s permission (files:write).
posted-by-another = Posted again: another app speaks in this channel now. The earlier message is not updated any more.
channel-silent = The bot cannot speak in { $channel } (“{ $name }”) at the moment: its app is not in the channel any more. What is to be posted is kept. Please invite the app there again (`/invite`), or have your administrator install it again.
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
question-owner = { $item } · It is not certain who is meant as the owner, so nobody was put in yet: “{ $written }”. Press the right person.
question-owner-unknown = { $item } · This name is not in the roster, so nobody was put in yet: “{ $written }”. Press Change to choose from the roster.
question-open-due = Please check the due date: “{ $written }” ({ $readings }) { $why }
question-open-owner = Please check the owner: “{ $written }” ({ $names })
question-answered = { $ref } This question has been answered or is not asked any more, so nothing was changed.
question-settled = { $ref } It stays as it is. Press Change at any time.
item-owner-is-you-meanwhile = Until the owner is confirmed, you are the owner.
item-source = The message that this came from
home-questions = Questions waiting for your answer
home-questions-more = The oldest are shown. The next appear as you answer.

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
pasted-asked = Questions about them: { $count }. Please answer under “Questions waiting for your answer” in the menu.
pasted-dropped = Not added: { $count }.
pasted-owner-you = Owner: you
pasted-asks = something to ask once it is there
pasted-waits = Written but not added yet ({ $count }): { $lines }
pasted-make-one = Add it
pasted-read = Show
pasted-gone = This list was added or dropped before, or removed after { $days } days, so nothing was changed. If you still need it, paste it again after `/tft add`.

## Internal items

internal-mark = 🔒 Our side only ({ $side })
internal-card = An action item of our side only. Neither the channel nor the other side sees it.
internal-yours = An action item of our side only is yours now. Neither the channel nor the other side sees it. (added by { $by })
internal-now-joint = This is a joint action item now: its card has moved to the task force's channel.
internal-now-elsewhere = The action item of this card cannot be seen here any more.
internal-own-side = You can only make internal action items of your own side; an observer makes none.
internal-owner-elsewhere = Only people of { $side } can own this internal action item. To do it together with the other side, send it again without `internal:`, or set “Who sees it” to “Both sides” with Change, and then choose the owner.
internal-too-late = The other side has a part in this joint action item, so it cannot become internal. Make an internal one of its own, such as `/tft add internal: review the unit prices`
internal-typed-openly = Only our side sees the card, but everybody can read what you just wrote in the channel. Delete it, and next time use `/tft add internal: …` or a direct message to the bot.
internal-maybe-meant = This was added as a joint action item and posted in the channel. For our side only, change “Who sees it” with Change; next time begin with `internal:`, colon included.
field-scope = Who sees it
field-scope-hint = Only our side sees an internal action item; its card comes as a direct message, not in the channel.
scope-joint = Both sides
scope-internal = Our side only ({ $side })
pasted-internal = our side only

## Decisions

help-decide = proposes a decision; it is in force once each side's lead or deputy has confirmed it, e.g. `/tft decide The shuttle runs from March 2027 #center decided on 2026-11-20 review on 2027-03-02`
help-decisions = shows decisions, e.g. `/tft decisions pending`, `in force`, `objected`, `superseded`, `all`, `#center`
help-confirm = confirms a decision for our side, e.g. `/tft confirm R-7`
help-object = objects to a decision, with a reason, e.g. `/tft object R-7 no budget for it`
help-supersede = proposes a decision that replaces one in force, e.g. `/tft supersede R-3 The shuttle runs from April`
help-delegate = lets a secretary confirm for our side, or takes that back, e.g. `/tft delegate @Yujin 2026-12-31`, `/tft delegate end @Yujin`
ref-other-noun = { $ref }: this command is not for such a number. Numbers it takes begin with: { $letters }
decision-which = Please add the decision's number, e.g. `R-7`
decision-not-found = “{ $name }” has no decision { $ref }. `/tft decisions` shows the numbers.
decision-gone = That decision cannot be found. Please choose again from `/tft decisions`.
decision-text-missing = Please say what was decided. E.g. `/tft decide The shuttle runs from March 2027`
decision-text-long = A decision can have { $limit } characters; this has { $length }.
decision-decided-later = The day it was decided on is today or in the past. E.g. `decided on 2026-11-20`
decision-review-past = The review date is tomorrow or later. E.g. `review on 2027-03-02`
decision-date-unsure = A date can be read in more than one way and was left out. { $what }: “{ $written }”. Please choose it below, and take it out of the text.
decision-replace-open = { $ref } is not in force yet. Reword it instead: `/tft edit { $ref }`
decision-replaced-already = There is a decision already that replaces { $ref }: { $by }. Reword that one, or supersede it.
decision-over = { $ref } was superseded or withdrawn and cannot be changed.
decision-in-force-already = { $ref } is in force already; nothing was changed. To change it: `/tft supersede { $ref } new text`
decision-in-force-meanwhile = { $ref } came into force meanwhile, so nothing was saved. Its text is changed only by a decision that replaces it.
decision-vote-stranger = { $ref }: you are not in this task force's roster, so this was not counted. Each side's lead and deputy confirm for it.
decision-vote-observer = { $ref }: an observer's word is not counted. For your side can confirm: { $names }
decision-vote-no-right = { $ref }: only a side's lead or deputy confirms decisions or objects to them, so this was not counted. For your side can confirm: { $names }
decision-vote-not-delegated = { $ref }: a secretary confirms only by delegation of the lead or deputy, so this was not counted. For your side can confirm: { $names } · `/tft delegate`
decision-vote-for-another-side = { $ref }: you have spoken for another side already. Nobody speaks for two sides.
decision-reaction-set-aside = { $ref }: the wording changed after that ✅, so it was not counted. If you agree to the new wording, take the ✅ away and put it again, or press Confirm.
decision-nothing-to-take-back = { $ref }: there is no confirmation or objection of yours to take back.
decision-stays = { $ref } is in force, as every side has confirmed it. Taking a ✅ away does not change that; only a decision that replaces it does: `/tft supersede { $ref } new text`
decision-objection-not-yours = { $ref }: there is no objection of yours. Only who objected can withdraw it.
decision-give-up-whose = { $ref }: only who proposed it, or that side's lead, deputy or secretary, can withdraw the proposal. Proposed by { $name }
decision-words-missing = Please write something.
decision-decided = Decided on: { $on }
decision-recorded = Recorded: { $at } · { $by }
decision-review = Review: { $on }
decision-would-replace = Once in force: { $old } → { $ref }
decision-replaced-it = Superseded: { $old } → { $ref }
decision-word-none = { $side }: not confirmed yet
decision-word-confirmed = { $side }: ✅ confirmed · { $who } · { $at }
decision-word-objected = { $side }: objects · { $who } · { $at }
decision-by-delegation = { $who } (by delegation of { $by })
decision-proposed = Proposed · waiting for: { $waiting }
decision-objected = Blocked by an objection · objecting: { $sides }
decision-in-force = In force · { $at }
decision-superseded = Superseded: { $ref } → { $by }
decision-change-waits = A change is proposed: { $by } (until that is in force, this decision is)
decision-withdrawn = Proposal withdrawn · reason: { $reason }
decision-card-how = ✅ our side agrees to this decision (each side's lead or deputy, or a secretary by delegation). Once every side has pressed it, it is in force, and then only a decision that replaces it changes it. Only read it? 👀
decision-card-reworded = The wording has changed, so earlier ✅ do not count. If our side agrees to it, take the ✅ away and put it again, or press Confirm (each side's lead or deputy, or a secretary by delegation). Once every side has confirmed, it is in force.
decision-confirm = Confirm
decision-object = Object
decision-withdraw = Withdraw objection
decision-edit = Reword
decision-reword = Propose new wording
decision-supersede = Propose a change
decision-take-back = Take my word back
decision-give-up = Withdraw proposal
decision-set-review = Review date, workstream
decision-note = Note
decision-tick-stays = Your ✅ may still be on the card; it does not count any more. If you agree, take it away and put it again, or press Confirm.
decision-show = Show { $ref }
decision-made = Proposed: { $decision }
decision-made-waits = It waits for each side's confirmation. Who can confirm: { $names }
decision-said-confirmed = { $ref } is recorded as confirmed for { $side } · only read it? Press Undo and react with 👀.
decision-said-in-force = { $ref } is recorded as confirmed for { $side }. Every side has confirmed it: it is in force, and only a decision that replaces it changes it.
decision-said-objected = { $ref }: the objection is recorded for { $side }. Until it is withdrawn or the wording changes, the decision does not come into force.
decision-taken-back = { $ref }: the confirmation for { $side } is taken back · { $state }
decision-objection-withdrawn = { $ref }: the objection is withdrawn.
decision-given-up = { $ref }: the proposal is withdrawn.
decision-noted = { $ref }: the note is kept. Details and history show it.
decision-changed = { $ref } is changed.
decision-unchanged = { $ref }: nothing was changed.
decision-reworded = { $ref } is reworded. What was said to the earlier wording does not count for this one, and each side was asked anew.
decision-reworded-meanwhile = { $ref } was reworded after you saw it, so this was not counted. Please look at the new wording and press again.
decision-awaits = A decision waits for { $side } to confirm it. (Proposed by { $by }; to confirm: { $who })
decision-awaits-for = Please pass this on to somebody who does not use Slack. A decision waits for { $side } to confirm it. (Proposed by { $by }; to confirm: { $who })
decision-awaits-how = Confirm by the buttons below, or by ✅ on the card in the channel. No answer is no consent.
decision-still-awaits =
    This decision awaits the word of { $side }. You were asked { $days ->
        [one] 1 working day
       *[other] { $days } working days
    } ago.
decision-awaited-line =
    has awaited your side for { $days ->
        [one] 1 working day
       *[other] { $days } working days
    } · proposed by { $by }
awaited-why = You may answer for your side, so you get this once. Until it is answered, the weekly summary says so.
decision-review-why = You proposed it or are a secretary, so you get this once, on the review date.
decision-news = { $ref } · { $state }
decision-review-due = It is time to review ({ $on }): { $decision }
decision-mention = { $who } { $ref } waits for confirmation. The bot cannot send you direct messages, so it says so here.
decision-source = The message this was recorded from
decision-source-offer = Record this message as a decision?
decision-form-title = Propose a decision
decision-form-submit = Propose
decision-form-how = It is in force once each side's lead or deputy (or a secretary by delegation) has confirmed it.
decision-form-replaces = To be replaced: { $decision } (in force until the new one is)
decision-form-in-force = { $decision }
    The text and the date of a decision in force are changed only by one that replaces it.
decision-field-text = Decision
decision-field-decided = Decided on
decision-field-decided-hint = The day it was agreed. Today if left empty.
decision-field-review = Review date
decision-field-review-hint = That morning the card's thread, who proposed it and each side's secretary are told.
decision-field-stream = Workstream
decision-reword-note = If you change the text or the day it was decided on, what was said so far does not count, and each side is asked anew.
words-title-decision-object = Object
words-title-decision-note = Add a note
words-title-decision-give-up = Withdraw proposal
words-decision-object = Reason for the objection
words-decision-note = Note
words-decision-give-up = Reason for withdrawing
words-hint-decision-object = The card shows it with your name.
words-hint-decision-note = What was decided does not change. Everybody in the task force can see it.
words-hint-decision-give-up = The card shows it.
decision-history-proposed = Proposed: { $text }
decision-history-confirmed = { $side } confirmed ({ $how })
decision-history-objected = { $side } objected ({ $how })
decision-history-delegated = by delegation
decision-history-unconfirmed = { $side }'s confirmation taken back
decision-history-objection-withdrawn = { $side }'s objection withdrawn
decision-history-in-force = In force, as every side has confirmed
decision-history-withdrawn = Proposal withdrawn: { $text }
decision-history-noted = Note: { $text }
decisions-heading = *{ $name }* · Decisions · { $kind }: { $total }
decisions-current = current (without superseded and withdrawn)
decisions-pending = waiting
decisions-in-force = in force
decisions-objected = objected to
decisions-superseded = superseded
decisions-all = all
decisions-empty = There are no such decisions.
decisions-which = “{ $word }” is not a filter. E.g. `/tft decisions pending`, `in force`, `objected`, `superseded`, `all`, `#center`
decisions-record = Record a decision
decisions-delegate = Delegation
home-decisions = Decisions that wait for me
home-decisions-more = The rest is in each task force's list of decisions.
manifest-record-decision = Record as a decision
manifest-record-decision-what = Proposes this message as a decision
menu-decisions = Decisions
delegation-heading = *Delegation* · Secretaries who confirm decisions, minutes, items and budget dates for their side.
delegation-none = Nothing is delegated now: each side's lead and deputy confirm themselves.
delegation-line = { $side }: { $who } · { $until } · by { $by }
delegation-open = until taken back
delegation-new = Delegate
delegation-end = Take back: { $who }
delegation-title = Delegation
delegation-what = A secretary with a delegation confirms decisions and minutes for our side, or objects, and may record items and budget dates as done for our side that others own. Decisions’ cards and the histories of items and budget lines show that it was by delegation.
delegation-who = Our side's secretary
delegation-until-field = Until
delegation-until-hint = That day included. If left empty: until taken back.
delegation-told = You may now confirm decisions, minutes, items and budget dates for { $side }: { $until } (by { $by })
delegation-told-end = The delegation to confirm for { $side } was taken back. (by { $by }) What you have confirmed stays.
delegation-leads-only = Only leads and deputies delegate and take back. `/tft delegate` shows what is delegated.
delegation-no-secretary = Our side has no secretary. Name one first: `/tft member @name secretary`
delegation-not-secretary = Only a secretary of our side can be named: { $who }
delegation-not-given = Nothing is delegated to { $who }.
delegation-one-person = Please name one person. E.g. `/tft delegate @Yujin 2026-12-31`
delegation-until-past = Please give today or a later date.
delegation-until-unread = Until when could not be read: “{ $written }”. E.g. `/tft delegate @Yujin 2026-12-31`
delegation-gone = That delegation cannot be found. `/tft delegate` shows what there is.
delegation-other-side = Another side's delegation is taken back by that side's lead or deputy.

## The document of minutes

minutes-doc-heading = Minutes
minutes-doc-heading-draft = Minutes (draft)
minutes-doc-untitled = (untitled meeting)
minutes-doc-number = Reference { $number }
minutes-doc-title = Meeting
minutes-doc-host = Convened by
minutes-doc-hosts = { $host } (jointly with { $joint })
minutes-doc-when = Date and time
minutes-doc-place = Place
minutes-doc-chair = Chair
minutes-doc-disclosure = Disclosure
minutes-doc-keywords = Keywords
minutes-doc-summary = Summary
minutes-doc-summary-counts = Topics discussed: { $topics }. Decisions agreed: { $agreed }; rejected or left open: { $others }. Actions: { $actions }.
minutes-doc-summary-agreed = Topics discussed: { $topics }. Decisions agreed: { $agreed }. Actions: { $actions }.
minutes-doc-attendance = Attendance
minutes-doc-presence = Attendance
minutes-doc-presence-chair = Chair
minutes-doc-presence-present = Present
minutes-doc-presence-observing = Observer
minutes-doc-presence-proxy = Proxy
minutes-doc-for-whom = Proxy for { $name }
minutes-doc-side = Organisation
minutes-doc-department = Department
minutes-doc-job-title = Position
minutes-doc-person = Name
minutes-doc-name = Name
minutes-doc-signature = Signature
minutes-doc-absent = Absent: { $names }
minutes-doc-agenda = Agenda
minutes-doc-agenda-number = Item { $number }
minutes-doc-agenda-item = Item { $number }: { $title }
minutes-doc-order = Proceedings
minutes-doc-opening = Opening
minutes-doc-closing = Closing
minutes-doc-remarks = Summary of remarks
minutes-doc-before-agenda = Before the agenda
minutes-doc-kind-fact = for information
minutes-doc-kind-idea = idea
minutes-doc-kind-link = link
minutes-doc-kind-help = help wanted
minutes-doc-kind-proposal = proposal
minutes-doc-decisions = Decisions
minutes-doc-no-decisions = No decisions were taken.
minutes-doc-of-agenda = (Item { $number }) { $text }
minutes-doc-outcome-rejected = [rejected]
minutes-doc-outcome-open = [left open]
minutes-doc-votes = Votes
minutes-doc-no-vote = Other decisions were agreed without a vote.
minutes-doc-no-vote-at-all = All decisions were agreed without a vote.
minutes-doc-tally = { $side }: { $yes } for, { $no } against, { $abstained } abstained
minutes-doc-counts = { $yes } for, { $no } against, { $abstained } abstained
minutes-doc-consent-unanimous = unanimous
minutes-doc-consent-no-objection = no objections
minutes-doc-choice-yes = for
minutes-doc-choice-no = against
minutes-doc-choice-abstain = abstained
minutes-doc-actions = Actions
minutes-doc-no-actions = No actions.
minutes-doc-count = No.
minutes-doc-action = Action
minutes-doc-owners = Owner
minutes-doc-due = Due
minutes-doc-topic = Topic
minutes-doc-nobody = not yet named
minutes-doc-unclear = To be clarified
minutes-doc-ask-no-owner = No owner named: { $text }
minutes-doc-ask-owner = Owner to be confirmed: { $text } (“{ $written }”)
minutes-doc-ask-due = Due date to be confirmed: { $text }
minutes-doc-ask-no-title = A line without content: { $text }
minutes-doc-ask-whose-votes = Votes counted without naming an organisation: { $text }
minutes-doc-next = Next meeting
minutes-doc-role = Role
minutes-doc-writer = Written by
minutes-doc-confirmer = Confirmed by
minutes-doc-signatures = Signatures
minutes-doc-from-slack = These minutes are based on the record kept in Slack.
minutes-doc-from-log = These minutes are based on a saved record of the conversation.
minutes-doc-attachments = Attachments
minutes-doc-end = End.
minutes-doc-open-message = original message
minutes-doc-letters-missing = Letters that the fonts of this PDF lack, shown as 〓:
minutes-doc-draft-mark = DRAFT

minutes-log-not-read = { $file }: cannot be read ({ $error }).
minutes-log-missing = { $file }: there is no such file or folder. Check the path; for standard input write -
minutes-not-written = { $file }: cannot be written ({ $error }).
minutes-needs-out = A { $format } file cannot be written to a terminal. Add --out FILE.
pdf-no-font = There is no Korean font for the PDF. Install Nanum: apt install fonts-nanum on Debian and Ubuntu, dnf install naver-nanum-fonts-all on Fedora, brew install --cask font-nanum-gothic on macOS, pip install --no-deps koreanize-matplotlib if you may not install any of these. Looked in: { $places }
minutes-log-empty = { $file }: empty, or without a line to read.{ $detail }
minutes-log-binary = { $file }: not a text but another kind of file.{ $detail }
minutes-log-page = { $file }: a web page or a document. Please give the log saved as text. { $detail }
minutes-log-bad-json = { $file }: the JSON is broken at { $detail } (file:line:column).
minutes-log-unknown-json = { $file }: JSON of no kind that is known.{ $detail }
minutes-log-bad-export = { $file }: an export of this bot whose content does not fit ({ $detail }).
minutes-log-version = { $file }: an export of a version that this bot does not know ({ $detail }).
minutes-log-formats = What can be read: this bot's export, Slack's export of a channel (JSON, or its folder), MeetBot's .log.txt, hcoop-meetbot's .log.json, the W3C's irc.log and RRSAgent's text, logs of other chat programs, plain text.
## Settings

settings-title = Task force settings
settings-hub-intro = Settings of *{ $name }*. Press what you want to change. It applies to both organisations, and below it says who changed what.
settings-page-basics = Basics
settings-page-reminders = Reminders
settings-page-records = Meetings and titles
settings-line = { $what }: { $value }
settings-change = Change
settings-of = Settings of { $name }
settings-which = To change settings, choose the task force.
settings-search = Type a name to search
settings-saved = *Saved.*
settings-unchanged = Nothing was changed.
settings-soon = The items' cards follow in a moment.
settings-history = *Changed lately*
settings-no-right = Only leads, deputies and secretaries change the settings: { $names }. Your own language and hours are under `/tft settings`.
settings-choose = Please choose one from the list.
settings-name = Name of the task force
settings-hint-name = Shown on the menu message and in reminders.
settings-language = Language of the channel
settings-hint-language = What the bot posts in the channel. Posts that are there already follow when they next change. People are spoken to in their own language.
settings-country = Country of the public holidays
settings-hint-country = Its public holidays, substitute holidays included, are no working days. Add other days off with /tft holiday.
settings-zone = Time zone
settings-hint-zone = Due dates and meetings are meant in this zone.
settings-day-ends-at = End of the working day
settings-hint-day-ends-at = Due dates such as “by end of day” are read as this time.
settings-day-ends-early = Please choose 12:00 or later.
settings-closing-rule = When an item is done
settings-hint-closing-rule = Whether every side that has an owner must confirm, or one side is enough. Items that are closed stay closed.
settings-closing-both = Every side confirms
settings-closing-any = One side is enough
settings-done-emoji = Emoji that count like ✅
settings-hint-done-emoji = For example :tada:, :shipit: — put on a card from now on, they confirm one's side's part. Your workspace's own emoji work too.
settings-emoji-unread = That is no emoji name: { $name }. Write the names between the colons, separated by commas, such as :tada:, :shipit:
settings-emoji-taken = This emoji means something else already: :{ $name }:. Please use another one.
settings-emoji-many = At most { $most } emoji.
settings-ladder = Reminders before the due date
settings-hint-ladder = How many working days before the owners are reminded. For example: 7, 3, 1, on the day
settings-rung = { $days } before
settings-on-the-day = on the day
settings-ladder-unread = Please write up to { $most } numbers from 0 to { $highest }, separated by commas. For example: 7, 3, 1, on the day
settings-overdue-every = Reminders after the due date
settings-hint-overdue-every = How often owners are reminded of what is overdue.
settings-every =
    { $days ->
        [one] Every working day
       *[other] Every { $days } working days
    }
settings-overdue-times = How many reminders after the due date
settings-hint-overdue-times = After so many there are no more. Lists and the weekly summary go on showing the item.
settings-count-overdue-times = At most { $count }
settings-nudge-at = Time of the daily reminder
settings-hint-nudge-at = Each owner gets one direct message a day, at this time of their own zone.
settings-hour-outside = Please choose a time from 09:00 to before 18:00: there are no direct messages at other times.
settings-weekly-weekday = Day of the weekly summary
settings-hint-weekly-weekday = Sent to leads, deputies and secretaries; on the next working day if this one is off.
settings-weekly-at = Time of the weekly summary
settings-hint-weekly-at = In the task force's time zone.
settings-weekly-in-channel = Weekly summary in the channel too
settings-hint-weekly-in-channel = Joint things only. What is internal to one side is never posted.
settings-yes = Yes
settings-no = No
settings-comment-days = Time for comments on draft minutes
settings-hint-comment-days = How long comments are taken once a draft is posted, in working days.
settings-count-comment-days =
    { $count ->
        [one] 1 working day
       *[other] { $count } working days
    }
settings-silence-is-consent = Silence counts as consent
settings-hint-silence-is-consent = With “Yes”, minutes to which nobody objects in that time count as confirmed. Please agree on it between the two organisations first.
settings-upper-government = Name of the province or city
settings-hint-upper-government = Named as a source of money in budgets. For example: Jeollanam-do
settings-labels-hint = *What roles are called on the { $side } side.* Leave empty for the usual word. For example, “Director” for the lead. Rights stay the same.
settings-label-usual = the usual word

## One's own settings

own-title = My settings
own-button = My settings
own-intro = For you alone, and the same in all your task forces.
own-language-hint = What the bot says to you. Posts in the channel are in the task force's language.
own-hours-from = Direct messages from
own-hours-until = Direct messages until
own-hours-hint = Reminders come only in these hours of your working days. What comes up at other times waits for the next working morning. What you ask is always answered at once.
own-hours-short = Please choose a time at least an hour after { $from }.
own-zone = My time zone
own-zone-hint = The daily reminder and the hours above are meant in this zone. Due dates follow the task force's zone.
own-zone-slack = As Slack says ({ $zone })
own-saved = Saved. Language: { $language } · Direct messages: { $hours } · Time zone: { $zone }
own-language-unclear = I do not know that language. Please write one of: { $words }. For example: `/tft settings english`. For hours and time zone, type only `/tft settings`.

## Days off

help-holiday = shows days off and adds some, e.g. `/tft holiday 12/24 our side Founding day`, `/tft holiday 12/24~12/26`
help-leave = notes your leave, e.g. `/tft leave 12/24~12/26`, `/tft leave remove 12/24`
days-off-span = { $first } – { $last }
days-off-of-all = Everybody
days-off-of-side = { $side }
days-off-line = { $days } · { $name } · { $whose }
days-off-unnamed = Day off
days-off-leave = Leave
days-off-added-by = { $line } · added by { $by }
days-off-holiday-heading = *Days off of { $name }*
days-off-leave-heading = *Leave in { $name }* · our side
days-off-public = Next public holidays: { $days }
days-off-holiday-none = No days off were added. Public holidays count by themselves.
days-off-leave-none = No leave is noted.
days-off-holiday-add = Add a day off
days-off-leave-add = Add leave
days-off-remove = Remove
days-off-added = Added: { $line }. It no longer counts as working time.
days-off-removed = Removed: { $line }. It counts as working time again.
days-off-told-added = Day off added: { $line } · by { $by }. It no longer counts as working time.
days-off-told-removed = Day off removed: { $line } · by { $by }. It counts as working time again.
days-off-leave-told-added = Leave was noted for you: { $line } · by { $by }
days-off-leave-told-removed = Your leave was removed: { $line } · by { $by }
days-off-which = Which one shall be removed?
days-off-gone = That was removed already or cannot be found. See `/tft holiday` or `/tft leave`.
days-off-none-meant = No such days off were found. See `/tft holiday` or `/tft leave` and choose there.
days-off-not-yours = These people can remove it: { $names }
days-off-no-right = Days off are set by leads, deputies and secretaries: { $names }. For your own leave write, for example, `/tft leave 12/24`.
days-off-other-side = The days off of { $side } are set by that side: { $names }
days-off-leave-no-right = The leave of { $who } is noted by themselves or by their side's lead, deputy or secretary: { $names }
days-off-no-date = Please choose a date.
days-off-backwards = The last day is before the first one. Please choose the same day or a later one.
days-off-long = At most { $limit } days at once. For longer ones add several, or hand the work over with `/tft assign`.
days-off-past = Days more than a month ago cannot be added. Please choose a later one.
days-off-far = Please choose a day within two years.
days-off-already = All of these days are off already. Please choose others.
days-off-no-working-day = Somebody would have no working day for a year. Please choose fewer days.
days-off-first = First day
days-off-last = Last day
days-off-last-hint = Leave empty for a single day.
days-off-holiday-title = Add a day off
days-off-leave-title = Add leave
days-off-holiday-whose = Whose day off?
days-off-leave-whose = Whose leave?
days-off-holiday-name = Name
days-off-leave-name = Note
days-off-holiday-name-hint = For example: Founding day, temporary holiday
days-off-leave-name-hint = Seen by your own side only. You need not say why.

home-meetings = My meetings
home-meetings-more = The others are in the list of meetings of each task force.
home-meeting-thread = In progress · { $link }
home-meeting-thread-open = to its thread
home-meeting-live = In progress
home-meeting-ended = Over · waits to be put on record
home-meeting-draft = The draft minutes wait to be confirmed · comments until { $until }
home-meeting-open-live = Read the record
home-meeting-open-ended = Look through
home-meeting-open-draft = Read and confirm
home-meeting-answer-none = not answered
home-meeting-answer-yes = you come
home-meeting-answer-no = you do not come
home-meeting-answer-proxy = somebody comes for you
home-budget = My budget dates
home-budget-all = Budget
home-deadlines = Due within two weeks
home-deadline = { $due } · { $ref } { $title } · { $state }
home-settings = Settings
home-holiday = Days off
home-leave = Leave

## Handing over

help-handover = hands one person’s items to somebody else of the same side, and shows it first, e.g. `/tft handover @clarke @kim`, `/tft handover @clarke @kim acting from Dec 1`
item-owner-acting = { $owner } (acting for { $absent })
handover-title = Hand over
handover-open = Hand over
handover-from = From
handover-to = To
handover-as = As
handover-as-successor = Successor
handover-as-acting = Acting
handover-day = From which day
handover-day-hint = Left empty: at once.
handover-role = Pass the role on as well?
handover-role-hint = Lead, deputy or secretary. When a successor takes it on, the person handing over becomes a member.
handover-role-no = Only what they own
handover-role-yes = The role as well
handover-look = Preview
handover-go = Hand over
handover-change = Change
handover-cancel = Cancel
handover-undo = Undo
handover-preview = *Nothing has been handed over yet.* This is what will move.
handover-who = { $giver } → { $receiver } (successor)
handover-who-acting = { $giver } → { $receiver } (acting, until a successor is named)
handover-at-once = When: at once
handover-from-day = When: from { $day } on. What is theirs on that day will move.
handover-return = Only what was held as acting goes back.
handover-items = Action items: { $count }
handover-lines = Budget lines: { $count }
handover-expected = Meetings to attend: { $count }
handover-kept = Minutes to take: { $count }
handover-rsvp = please say whether you come
handover-minutes = takes the minutes
handover-questions = Questions to answer: { $count }
handover-role-moves = Role: { $receiver } → { $role }
handover-stays = What has been confirmed so far stays confirmed.
handover-done = *Handed over.*
handover-done-told = Those concerned are told by direct message, with the list as a file. You can undo it for ten minutes.
handover-planned = { $giver } → { $receiver }: this will be handed over when { $day } begins. Until then it can be cancelled.
handover-planned-by = A handover is planned: { $giver } → { $receiver }, from { $day }. Planned by { $by }
handover-waiting = Planned: { $giver } → { $receiver }, from { $day }
handover-cancelled = The planned handover is cancelled: { $giver } → { $receiver }
handover-undone = The handover is undone: { $giver } → { $receiver }. What has changed since was left as it is.
handover-yours = These are yours now.
handover-by = Handed over by { $by }
handover-failed = The handover planned for { $day } could not be done: { $giver } → { $receiver }. { $why }
handover-other-side = Each side hands over its own things. { $giver } is on { $side }’s side, where these people can: { $names }
handover-no-right = Only your side’s lead, deputy or secretary can hand over somebody else’s items: { $names }. For your own, type `/tft handover @receiver`.
handover-two-sides = Items are handed over within one side: { $giver } is { $side }, { $receiver } is { $other }. Please choose somebody of the same side. To change one item’s owner, type `/tft assign A-12 @owner`.
handover-same-person = Giver and receiver are the same person: { $giver }. Please choose who receives, for example `/tft handover @clarke @kim`
handover-receiver-gone = { $receiver } is not in the roster now. Please choose somebody who is.
handover-receiver-observer = An observer cannot own items: { $receiver }. Please choose somebody else, or change the role first.
handover-nobody = This person is not in the roster. Please look the name up with `/tft roster`.
handover-unknown = Who or which day is meant is not clear: “{ $written }”. For example `/tft handover @clarke @kim acting from Dec 1`. Names are in `/tft roster`.
handover-two = Please name two people only, who hands over and who receives: { $names }
handover-which-day = “{ $written }” can be read as several days. Please choose one.
handover-day-past = That day has passed. Please choose today or a later day, or leave it empty to hand over at once.
handover-waits-already = A handover of { $who } is planned already, for { $day }. Please cancel it first in `/tft handover`.
handover-nothing = { $who } owns no open item, budget line or meeting. To change a role only, type for example `/tft member @name secretary`.
handover-alone = There is nobody on your side to receive. Please add somebody with `/tft member add` first.
handover-settled = This handover is over and cannot be changed. To hand over again, type `/tft handover`.
handover-gone = There is no such handover.
history-handed-over = handed over: { $giver } → { $receiver }
history-handed-over-acting = acting: { $giver } → { $receiver }
history-handed-back = handover undone: { $giver } → { $receiver }
departed = *{ $who } has left the channel or Slack.* Open items that were theirs: { $count }
departed-lines = Budget lines that were theirs: { $count }
departed-role = Their role: { $role }. It can be passed on with the handover.
departed-orphaned = Your side has no lead, deputy or secretary any more to look after its roster. Press the button and choose “The role as well”: then somebody of your side takes the role on.
sheet-file = handover
sheet-items = Action items
sheet-meetings = Meetings
sheet-about = About
sheet-task-force = Task force
sheet-side = Side
sheet-giver = From
sheet-receiver = To
sheet-as = As
sheet-successor = Successor
sheet-acting = Acting
sheet-day = Day
sheet-ref = No.
sheet-item = Action item
sheet-meeting = Meeting
sheet-when = When
sheet-what = What
sheet-task = Our part
sheet-stream = Workstream
sheet-others = Owner on the other side
sheet-due = Due
sheet-own-due = Our due date
sheet-state = Our state
sheet-made = Made on
sheet-scope = Seen by
sheet-confirmed = Confirmed
sheet-open = Open

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
help-summary = shows the weekly summary as of now, e.g. `/tft summary`, `/tft summary all`, `/tft summary report`, `/tft summary pdf`
help-preview = shows what will be sent next, and to whom, e.g. `/tft preview nudges`, `/tft preview weekly`
nudge-one-how = You get this because it is yours on the { $side } side. A ✅ on this message counts as done for your side. For fewer reminders press “Remind me later”.
nudge-snooze = Remind me later
nudge-due = Change the date
nudge-handover = Hand over
nudge-last = today is the last working day
nudge-other = with { $owner }
nudge-other-done = { $owner } is done
nudge-owner = owner: { $owner }
nudge-unseen = not seen yet by its owner: { $owner }
nudges-heading = *For you today: { $count }* · { $day }
nudges-group-late = *Overdue*
nudges-group-today = *Due today*
nudges-group-ask = *Please tell us*
nudges-group-meeting = *Meetings*
nudges-group-decision = *Decisions and minutes*
nudges-group-soon = *Coming up*
nudges-group-side = *Please check with the owner on your side*
nudges-others = My other items ({ $count })
nudges-why-own = You get this once a day because these are yours. To let an item rest, choose “Remind me later” from ⋯ at the end of its line.
nudges-why-side = You get this once a day because you look after your side. To let an item rest, choose “Remind me later” from ⋯ at the end of its line.
nudges-why-both = You get this once a day because these are yours or you look after your side. To let an item rest, choose “Remind me later” from ⋯ at the end of its line.
channel-heading = *Due soon: { $count }*
channel-more = And { $count } more.
channel-all = All items
channel-why = At most once a day: what is due today or on the next working day, and dates of the budget.
weekly-heading = *{ $name }, weekly summary* · { $day }
weekly-first = This is the first weekly summary. Changes are counted from the task force's beginning.
weekly-since = Last summary: { $day }
weekly-uneventful = Nothing was added, closed or moved since the summary of { $day }.
weekly-part = *{ $number }. { $name }*
weekly-part-yours = For you to do
weekly-part-coming = The next two weeks
weekly-part-turns = Whose turn it is
weekly-part-since = Since the last summary
weekly-nothing-yours = Nothing for you to do right now.
weekly-nothing-coming = Nothing comes within two weeks.
weekly-nothing-turn = Nothing is waiting for one side only.
weekly-joining = Waiting to join your side: { $count }
weekly-silent = { $what } · who may answer: { $names }
weekly-meeting = Meeting: { $meeting }
weekly-review = Review date: { $decision }
weekly-turn = { $turn }, day { $days } · { $item } · since { $since }
weekly-turn-channel = { $turn } · { $item }
weekly-closed = { $count } closed: { $which }
weekly-slipped = { $count } moved: { $which }
weekly-made = { $count } new: { $which }
weekly-in-force = { $count } decided: { $which }
weekly-more =
    { $count ->
        [one] Details (1 more line)
       *[other] Details ({ $count } more lines)
    }
weekly-report = Text for a report
weekly-print = PDF to print
weekly-paper = { $name }: the weekly status as of { $day }, to print.
weekly-file = weekly-status
weekly-print-heading = { $name }: weekly status
weekly-print-about = As of { $day }
weekly-print-yours = To be done first
weekly-print-coming = The next two weeks
weekly-print-turns = Waiting for confirmation
weekly-print-since = Changes since the last summary
weekly-print-budget = Budget
weekly-print-ref = No.
weekly-print-due = Due
weekly-print-item = Action item
weekly-print-owner = Owner
weekly-print-state = Remark
weekly-print-turn = Whose turn
weekly-print-waits = Waiting
weekly-print-since-when = since { $since }, day { $days }
weekly-print-change = Change
weekly-print-what = Details
weekly-print-closed = Closed
weekly-print-slipped = Moved
weekly-print-in-force = In force
weekly-print-made = New
weekly-why = Leads, deputies and secretaries get this once a week. `/tft summary` shows it at any time.
weekly-why-channel = Posted once a week. `/tft summary` shows it at any time.
report-how = Copy the text below into your report.
report-title = □ { $name }: weekly status as of { $day }
report-part-coming = Due in the next two weeks
report-part-turns = Waiting for confirmation
report-part-since = Changes since the last summary
report-nothing = None
report-turn = { $turn }: { $item }
report-closed = Closed: { $item }
report-slipped = Moved: { $item } { $moved }
report-made = New: { $item }
report-in-force = Decided: { $decision }
report-review = Review: { $decision }
preview-which = Say what to preview. Example: `/tft preview nudges`, `/tft preview weekly`
preview-nudges = *Next reminders* · yours and, if you look after your side, those of your side.
preview-no-nudges = No reminders are planned.
preview-nudge = *{ $at }* → { $who }
preview-of-side = { $item } · owner: { $owner }
preview-channel = *{ $at }* → the channel
preview-channel-count = due soon: { $count }, budget dates: { $dates } (nothing is sent if there are none)
preview-weekly = The next weekly summary comes on { $at }. If it came now, it would say:
preview-weekly-not-you = Leads, deputies and secretaries get the weekly summary on { $at }. As of now it says:
## The budget year

date-of-year = { $day } { $month }
preset-agreed = agreed date (open)
preset-until = ends on a day off: until { $day }
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
preset-to-confirm = common practice, to be confirmed
preset-check-law = check the law
preset-past = past
preset-title = Budget calendar
preset-opening = The dates of this kind of money and year. Tick those to add. They are owned by this line's owners; what is past stays silent.
preset-old = Some statutes were read more than a year ago: check the law.
preset-rows = Dates { $first }–{ $last }
preset-taken = added
preset-none-chosen = Tick at least one date.

## Money

money-none = none
money-no-amount = That is no amount: “{ $text }”. For example: 350,000,000 or 3억 5,000만원 (currency: { $currency })
money-other-words = There are other words besides the amount: “{ $text }”. Write the amount alone, for example 350,000,000 (currency: { $currency })
money-two-amounts = There are two amounts, or they differ: “{ $text }”. Write one. (currency: { $currency })
money-negative = An amount cannot be negative: “{ $text }”. (currency: { $currency })
money-foreign = That is another currency: “{ $text }”. This line is in { $currency }.
money-unclear = This amount can be read in several ways: “{ $text }”. Check commas and units, for example 350,000,000 (currency: { $currency })
money-unit-missing = The unit is not clear: “{ $text }”. Write it to the end, for example 3억 5천만원 or 350,000,000원 (currency: { $currency })
money-not-whole = A fraction below 1 is left over: “{ $text }”. (currency: { $currency })
money-figures-only = Write this currency in figures alone: “{ $text }”. For example: { $currency } 350,000
money-about = That is a rough amount: “{ $text }”. If it is exact, write { $units } ({ $figures }).
money-currency = Write the currency as its three-letter ISO code: “{ $text }”. For example: KRW, USD, EUR

## Budget

help-budget = shows budget lines and their dates, and changes them, e.g. `/tft budget add Demonstration centre 2027 national subsidy 12억원`, `/tft budget stage B-2 approved 3억원`, `/tft budget amount B-2 executed 1억원`, `/tft budget preset B-2`, `/tft budget done B-2-1`, `/tft budget link B-2 R-7`
menu-budget = Budget
budget-observer-may-not = Observers cannot change the budget. Please tell a secretary.
budget-not-found = “{ $name }” has no budget line { $ref }. `/tft budget` lists them.
budget-gone = You cannot see this budget line.
budget-not-understood = I did not understand what to do with the budget. For example: `/tft budget`, `/tft budget show B-2`, `/tft budget stage B-2 approved 3억원`
budget-which = Which budget line? Write its number, for example B-2
budget-which-amount = Which amount: requested, drafted, approved, granted, executed, carried, carried-by-accident or returned? For example `/tft budget amount B-2 executed 120,000,000`
budget-name-missing = Write a name.
budget-name-long = A name has at most { $limit } characters (now { $length }).
budget-year-strange = Write the year in four digits, for example 2027
budget-shares-differ = The sources add up to { $total }, the request is { $requested }. They must be the same.
budget-owner-other-side = An internal line is owned by your own side only: { $name }
budget-needs-owner = At least one owner stays.
budget-stage-without-amount = A planned line has no amount of that stage. Write the request under amounts.
budget-link-what = Write the number of the item or decision, for example `/tft budget link B-2 A-12`, `/tft budget link B-2 R-7`
budget-link-unknown = { $ref } cannot be linked.
budget-split-nothing = { $ref } has nothing to carry over. Write down what is carried over first.
budget-split-already = { $ref } was split already.
budget-split-uneven = { $ref }: spent, carried over and returned do not make up what is secured. Mend the amounts first.
budget-kind-national-subsidy = national subsidy
budget-kind-local-subsidy = local subsidy
budget-kind-contribution = contribution
budget-kind-commission = commission
budget-kind-research = national R&D
budget-kind-county-project = county project
budget-stage-planned = planned
budget-stage-requested = requested
budget-stage-drafted = drafted
budget-stage-approved = approved
budget-stage-granted = granted
budget-stage-executing = executing
budget-stage-settled = settled
budget-origin-national = state
budget-origin-upper = upper government
budget-origin-county = county
budget-origin-university = university
budget-origin-private = private
budget-year = FY{ $year }
budget-internal = internal ({ $side })
budget-split-from = carried over from { $ref }
budget-at = Stage: { $stage }
budget-figure-requested = Requested: { $amount }
budget-figure-drafted = Drafted: { $amount }
budget-figure-approved = Approved: { $amount }
budget-figure-granted = Granted: { $amount }
budget-figure-executed = Spent: { $amount }
budget-figure-carried_explicit = Carried over by decision: { $amount }
budget-figure-carried_accident = Carried over by accident: { $amount }
budget-figure-returned = Returned: { $amount }
budget-cut = Cut (drafted − approved): { $amount }
budget-secured = Secured: { $amount } · spent { $rate }
budget-no-amounts = no amounts yet
budget-odd-executed = Please check: more was spent than is secured.
budget-odd-rest = Please check: spent, carried over and returned do not make up what is secured.
budget-odd-approved = Please check: more was approved than drafted.
budget-share = { $origin } { $amount } · { $percent }
budget-shares = Sources
budget-owners = Owners: { $owners }
budget-linked = Linked: { $things }
budget-tied-to = Budget lines this belongs to
budget-made = Added the budget line { $line }
budget-typed-openly = Only our side sees this line, but everybody can read what you just wrote in the channel. Delete it, and next time use `/tft budget add …` or a direct message to the bot.
budget-changed = Changed: { $line }
budget-owned = You now look after a budget line. (by { $by } · owner: { $owner })
budget-owned-for = A budget line of somebody without Slack: please pass it on. (by { $by } · owner: { $owner })
budget-mention = { $who } I cannot write to you directly, so I say it here: there is news about budget line { $ref }. Press the button to see it.
budget-instead = The bot cannot write to somebody on your side. Please pass this on to { $who }.
budget-stage = Stage
budget-amount = Amounts
budget-preset = Budget calendar
budget-milestone = Add a date
budget-edit = Edit
budget-note = Note
budget-link = Link
budget-split = Split off carry-over
budget-history = History
budget-show = Details
budget-add = Add a line
budget-list = List
budget-tied = Linked { $ref }.
budget-untied = { $ref } is no longer linked.
budget-was-split = What { $ref } carries over is now a line of the next year.
budget-undone = Your last act was taken back: { $what }
budget-withdrawn = The budget line you just added was taken back: { $line }. Its number is not used again.
budget-undo-nothing = You have done nothing to the budget in the last ten minutes. See `/tft budget history B-2`, and put it right with `/tft budget edit B-2`.
budget-undo-overtaken = { $ref } was changed again meanwhile, so nothing was undone. See `/tft budget history { $ref }`.
budget-undo-joint = { $ref } was made joint, which cannot be undone: the other side can see it already.
budget-undo-undone = { $ref }: you have undone it already. For what was before, see `/tft budget history { $ref }` and put it right.
budget-undo-handed-back = { $ref }: the handover is undone already.
budget-board = *Budget board* · { $name } (unit: thousand won)
budget-board-empty = There is no budget line yet. For example `/tft budget add Demonstration centre 2027 national subsidy 12억원`
budget-board-more = { $count } more are in the list.
budget-board-stage = { $stage }: { $count }
budget-sums = Requested { $requested } · secured { $secured } · spent { $executed } · rate { $rate }
budget-sums-other = Other currency: requested { $requested } · secured { $secured } · spent { $executed } · rate { $rate }
budget-row = Requested { $requested } · secured { $secured } · spent { $executed } · rate { $rate }
budget-ahead = The next 30 days
budget-ahead-row = { $day } · { $ref } { $name } ({ $line })
budget-trend = Spending so far
budget-chart = Requested, secured, spent (thousand won)
budget-chart-requested = requested
budget-chart-secured = secured
budget-chart-executed = spent
budget-form-add = Add a budget line
budget-form-edit = Edit the budget line
budget-form-amounts = Amounts and sources
budget-form-stage = Change the stage
budget-form-note = Note
budget-form-link = Link to item or decision
budget-field-name = Name
budget-field-year = Budget year
budget-field-year-hint = for example 2027
budget-field-kind = Kind of money
budget-field-sight = Who sees it
budget-sight-joint = joint (both organisations)
budget-sight-internal = internal (our side only)
budget-sight-hint = An internal line never appears in the channel or to the other side. Made joint, it stays joint.
budget-field-currency = Currency
budget-field-currency-hint = Empty means won (KRW). For example USD
budget-field-stage = Stage
budget-field-amount = Amount
budget-stage-hint = What this stage settled, for example 3억 5,000만원. Empty: only the stage changes.
budget-amount-hint = for example 3억 5,000만원 · 350,000천원 · 350,000,000
budget-shares-hint = The sources together must make up the request.
budget-field-note = Note
budget-field-link = Number of an item or a decision
budget-link-hint = For example A-12, R-7. A number that is linked already is unlinked.
budget-field-requested = Requested
budget-field-drafted = Drafted
budget-field-approved = Approved
budget-field-granted = Granted
budget-field-executed = Spent so far
budget-field-carried_explicit = Carried over by decision
budget-field-carried_accident = Carried over by accident
budget-field-returned = Returned
budget-field-shares = Sources
budget-history-heading = *History of { $ref }* (newest first)
budget-history-more = { $count } more.
budget-history-created = added
budget-history-owner = owner: { $owner }
budget-history-joint = made joint
budget-history-split = split to the next year: { $ref } { $amount }
budget-history-linked = linked { $ref }
budget-history-unlinked = unlinked { $ref }
budget-history-noted = note: { $text }
budget-history-undone = took the last act back
budget-history-milestone-added = date added
budget-history-milestone-moved = date moved
budget-history-milestone-done = done
budget-history-milestone-voted = voted
budget-history-milestone-dropped = does not apply
budget-history-milestone-reopened = opened again

## Dates of the budget

milestone-task = ours to do
milestone-event = others decide
milestone-show = Details
milestone-history = The budget line
milestone-no-date = date not agreed
milestone-legal = legal limit { $day }
milestone-open-task = open
milestone-open-event = result awaited
milestone-coming = to come
milestone-overdue =
    { $days ->
        [one] 1 day overdue
       *[other] { $days } days overdue
    }
milestone-done = done
milestone-dropped = does not apply
milestone-voted = voted · { $amount }
milestone-of = Of: { $side }
milestone-moves =
    { $count ->
        [one] date moved once
       *[other] date moved { $count } times
    }
milestone-source = Source: { $source }
milestone-more = { $count } more dates
milestone-mark-done = Done
milestone-mark-voted = Voted → amount
milestone-not-voted = Not voted → new date
milestone-drop = Does not apply
milestone-move = Change the date
milestone-reopen = Open again
milestone-anyway = This date all the same
milestone-too-late = { $ref } { $name }: the agreed date ({ $agreed }) is after the legal limit ({ $legal }). Is that meant?
milestone-late-form = The agreed date is after the legal limit. If that is meant, save again.
milestone-date-which = { $ref }: this date can be read in several ways or not at all, so nothing was changed: “{ $written }”. { $why } Press the one that you mean.
milestone-ask = This is decided today. Please tell us the result.
milestone-ask-again = We have no result yet, so we ask once more.
milestone-not-found = There is no { $ref }. `/tft budget show` has the numbers.
milestone-not-yours = { $ref } is closed by an owner, lead, deputy or a secretary by delegation of the side whose it is.
milestone-is-event = { $ref } is decided by others: write down the result.
milestone-ended-already = { $ref } has ended already.
milestone-open-already = { $ref } is open already.
milestone-leads-strange = Write up to ten numbers of days from 0 to 120, for example 60, 30, 14, 7, 3, 1
milestone-made = The date was added.
milestone-was-moved = The date was changed.
milestone-was-done = Recorded as done.
milestone-form-add = Add a date
milestone-form-move = Change the date
milestone-form-voted = Result
milestone-field-act = Who decides?
milestone-act-hint = When others decide (a vote, a notice), the result is asked for on the day.
milestone-field-agreed = Agreed date
milestone-field-legal = Legal limit
milestone-field-whose = Whose is it?
milestone-everybody = all owners of this line
milestone-field-leads = Reminders (days before)
milestone-leads-hint = for example 60, 30, 14, 7, 3, 1, which is what empty means
milestone-voted-hint = What was voted or notified, for example 3억 5,000만원
milestone-stage-stays = the stage stays
milestone-stage-hint = If you choose one, the line's stage and amount change as well.
execution-line = Secured { $secured } · last told { $executed } · rate { $rate }
execution-tell = Enter what was spent
execution-which = Of which budget line is that?
execution-title = Spent so far
milestone-snoozed = { $ref }: you get no reminders about this date before { $until }. It stays as it is: { $due }
milestone-was-reopened = Taken back: it is open again.
budget-nudge-how = A ✅ on this message records it as done. Only the ✅ of this line's owners, leads, deputies and secretaries by delegation counts.
budget-nudge-why = You get this because you own this budget line or look after your side. It stops once it is recorded as done, with its result or as “Does not apply”.
budget-nudge-result = what was the result?
budget-days-left =
    { $days ->
        [one] 1 day left
       *[other] { $days } days left
    }
execution-ask = How much has been spent so far?
execution-so-far = spent so far
execution-how = You can just write the amount here, for example 120,000,000원. Owners of lines being executed are asked at quarter ends, at the end of November and in mid-December.
channel-budget = *Budget dates*
weekly-part-budget = Budget
weekly-nothing-budget = No budget dates in the next two weeks, and no stage has changed.
weekly-budget-secured = Secured { $secured } of { $requested } requested (thousand won)
weekly-budget-stage = { $line } stage: { $old } → { $new }
report-part-budget = Budget
# Export

help-export = sends items and decisions as a file, e.g. `/tft export`, `/tft export pdf`, `/tft export calendar`
export-button = As a sheet
export-comes = The file is being made and comes as a direct message.
export-which = Not a kind of file: { $word }. Write one of `/tft export xlsx`, `/tft export pdf`, `/tft export calendar`.
export-no-dm = Slack does not let this bot write to you, so the file cannot come. Open the bot among your apps and write `export` to it, or ask somebody of your side.
export-no-font = There is no Korean font where the bot runs, so it cannot make a PDF. Take the sheet, or ask whoever runs the bot to install Nanum (fonts-nanum).
export-is-xlsx =
    { $name } · a sheet with { $items ->
        [one] 1 item
       *[other] { $items } items
    }, { $decisions ->
        [one] 1 decision
       *[other] { $decisions } decisions
    } and { $lines ->
        [one] 1 budget line
       *[other] { $lines } budget lines
    }.
export-is-pdf =
    { $name } · a list to print with { $items ->
        [one] 1 item
       *[other] { $items } items
    } and { $decisions ->
        [one] 1 decision
       *[other] { $decisions } decisions
    }.
export-is-ics =
    { $name } · a calendar with the dates of { $items ->
        [one] 1 item
       *[other] { $items } items
    } and { $decisions ->
        [one] 1 decision
       *[other] { $decisions } decisions
    }, of the budget, and of meetings. Open it with your calendar to import it; after dates have changed, take it again and import it again.
export-with-internal = joint things, and those internal to { $side }
export-joint-only = joint things only
export-in-it = In it: { $scope }
budget-sheet-open-task = open
budget-sheet-open-event = no result yet
budget-sheet-lines = Budget
budget-sheet-dates = Budget dates
budget-sheet-in-thousands = { $what } (KRW thousand)
budget-sheet-ref = Number
budget-sheet-line = Budget line
budget-sheet-year = Budget year
budget-sheet-kind = Kind of money
budget-sheet-stage = Stage
budget-sheet-currency = Currency
budget-sheet-figure-requested = Requested
budget-sheet-figure-drafted = Drafted
budget-sheet-figure-approved = Approved
budget-sheet-figure-granted = Granted
budget-sheet-figure-executed = Executed
budget-sheet-figure-carried_explicit = Carried over
budget-sheet-figure-carried_accident = Carried over by accident
budget-sheet-figure-returned = Returned
budget-sheet-cut = Cut
budget-sheet-secured = Secured
budget-sheet-rate = Spent
budget-sheet-shares = Sources (KRW thousand)
budget-sheet-scope = Who sees it
budget-sheet-date = Date
budget-sheet-act = Kind
budget-sheet-agreed = On
budget-sheet-legal = Legal limit
budget-sheet-state = State
budget-sheet-result = Result
budget-sheet-whose = Side
budget-sheet-moves = Times moved
export-file-list = items-and-decisions
export-heading = Items and decisions
export-file-ics = calendar
export-items = Items
export-decisions = Decisions
export-notes = Notes
export-people = Roster
export-ref = No.
export-item = Item
export-decision = Decision
export-state = State
export-stream = Workstream
export-due = Due
export-hour = Time
export-owner = Owners
export-side-owner = { $side }: owner
export-side-part = { $side }: part
export-side-own-due = { $side }: due
export-side-confirmed = { $side }: done on
export-moves = Due date moved
export-description = Description
export-link = Link
export-scope = Seen by
export-made-by = Added by
export-made = Added on
export-closed = Closed on
export-why = Why cancelled
export-joint = both sides
export-internal = { $side } only
export-decided = Decided on
export-side-word = { $side }: says
export-side-word-on = { $side }: said on
export-in-force = In force since
export-review = Review on
export-replaces = Replaces
export-successor = Replaced by
export-word-none = nothing yet
export-word-confirm = confirmed
export-word-object = objected
export-word-delegated = { $said } (delegated by { $by })
export-on = Date
export-who = By
export-note = Note
export-side = Side
export-name = Name
export-title = Position
export-department = Department
export-role = Role
export-since = Since
export-person-state = Remark
export-person-pending = asks to join
export-person-left = has left
export-item-open = open
export-item-half = half done
export-item-closed = closed
export-item-cancelled = cancelled
export-decision-proposed = proposed
export-decision-objected = objected to
export-decision-in-force = in force
export-decision-superseded = replaced
export-decision-withdrawn = withdrawn
export-event-due = [Due] { $ref } { $title }
export-event-own-due = [Due] { $ref } { $title } · part of { $side }
export-event-milestone = [Budget] { $ref } { $name } ({ $line })
export-event-review = [Review] { $ref } { $text }
export-event-owners = { $owners } · { $state }
export-no-task-force = There is no such task force: { $name }. There are:
export-no-task-forces = This database has no task force yet. Check DATABASE_URL.
export-no-side = { $name } has no such side. It has:
export-no-person = { $name } has nobody or several by that name. Say the number:
## Meetings

menu-meeting = Meeting
help-meeting = start, plan and end meetings: `meeting start`, `meeting schedule`, `meeting agenda`, `meeting end`, `meeting list`
help-minutes = read minutes: `minutes M-3`
manifest-add-to-minutes = Add to the minutes
manifest-add-to-minutes-what = Puts this message into the record of the meeting that is on.

meeting-untitled = Meeting { $number } of { $name }
meeting-title-long = A meeting's name can have { $limit } characters. This one has { $length }.
meeting-live-already = A meeting is already on in this channel: { $ref } { $title }. Please end it first: `/tft meeting end`
meeting-not-found = There is no meeting { $ref } in “{ $name }”. `/tft meeting list` shows the numbers.
meeting-gone = That meeting cannot be found. Please choose it again from `/tft meeting list`.
meeting-which = Please add the meeting's number, such as `M-3`.
meeting-none-live = No meeting is on now. To start one: `/tft meeting start`
meeting-not-understood = I did not understand “{ $typed }” behind “meeting”. Try `meeting start`, `meeting schedule`, `meeting agenda`, `meeting end`, `meeting list`, or `minutes M-3`.
meeting-keeper-only = { $ref } Only whoever keeps the minutes, and each side's leads, deputies and secretaries, can do this.
meeting-is-planned = { $ref } This meeting has not started yet.
meeting-is-live = { $ref } This meeting is still on. Please end it first.
meeting-is-ended = { $ref } This meeting has ended and waits to be put on record.
meeting-is-draft = { $ref } It is on record already; its draft minutes await confirmation.
meeting-is-final = { $ref } The minutes are final and cannot be changed. Please add a correction instead.
meeting-is-cancelled = { $ref } This meeting was cancelled.
meeting-started = { $meeting } · started. What is written in the thread of the meeting's card in the channel is the record.

meeting-live = In progress · minutes: { $keeper }
meeting-ended = Ended · being put in order by { $keeper }
meeting-ended-silent = Ended by itself after 3 hours without a word · being put in order by { $keeper }
meeting-draft = Draft minutes · comments until { $until } · awaiting { $waiting }
meeting-draft-until = Draft minutes · comments until { $until }
meeting-final = Minutes final · { $at }
meeting-phase-planned = Planned
meeting-phase-cancelled = Cancelled
meeting-phase-draft = Draft minutes
meeting-phase-final = Minutes final
meeting-phase-live = In progress
meeting-phase-ended = Ended
meeting-when = When: from { $start }
meeting-when-ended = When: { $start } to { $end }
meeting-place = Where: { $place }
meeting-attendance = Present: { $counts }
meeting-side-count = { $side } { $count }
meeting-others-count = others { $count }
meeting-others = Others
meeting-side-names = { $side }: { $names }
meeting-more-people = and { $count } more
meeting-absent = Absent: { $names }
meeting-presence-observing = { $who } (observing)
meeting-presence-proxy = { $who } (proxy)
meeting-no-owner = nobody yet
meeting-card-how = What is written in this message's thread is kept as the record. Begin a line with `topic:`, `decision:`, `action:` or `present:` to file it, or with `Name Title:` for what somebody else said. To finish: `#endmeeting`
meeting-card-off = Begin what is not to be recorded with `off:`. Such a line is not stored.
meeting-next-topic = Next topic: { $title }
meeting-write-topic = Topic
meeting-write-decision = Decision
meeting-write-action = Action
meeting-write-other = Write a line
meeting-end = End the meeting

meeting-write-title = Write in the record
meeting-write-send = Record
meeting-write-how = It is posted in the thread of { $ref }, where everybody sees it.
meeting-field-kind = Kind
meeting-field-text = Text
meeting-field-text-hint = An action may name its owners and due date: Draft the application Emma Clarke by 9 December
meeting-field-speaker = Who said it
meeting-field-speaker-hint = Leave it empty if it was you. For example: Emma Clarke
meeting-late-line-draft = { $meeting } · a line written during the meeting arrived only after it was put on record ({ $who }). It is kept with the record and is not in the draft yet.
meeting-late-line-final = { $meeting } · a line written during the meeting arrived only after the minutes were final ({ $who }). Their text stays; a correction can be added beside it.
meeting-late-edit-draft = { $meeting } · a line edited during the meeting arrived so only after it was put on record ({ $who }). The draft has it as it was before.
meeting-late-edit-final = { $meeting } · a line edited during the meeting arrived so only after the minutes were final ({ $who }). Their text stays; a correction can be added beside it.
meeting-late-somebody = a member
meeting-late-take = Into the minutes
meeting-late-taken = { $meeting } · the late line is in the draft. Those who had confirmed are asked again.
meeting-written-by = Record · { $who }
meeting-written-taken = Record · a message of the channel
meeting-omit = Undo
meeting-omitted = { $meeting } · that line is out of the record.
meeting-line-off = It is off the record, or empty; nothing was added.
meeting-words-missing = Please write at least one letter.
meeting-words-long = At most { $limit } characters, please.
meeting-topic-gone = That topic has been opened already, or is gone.

meeting-kind-topic = Topic
meeting-kind-subtopic = Subtopic
meeting-kind-decision = Decision
meeting-kind-rejected = Rejected
meeting-kind-open = Left open
meeting-kind-proposal = Proposal
meeting-kind-action = Action
meeting-kind-fact = Fact
meeting-kind-idea = Idea
meeting-kind-link = Link
meeting-kind-attachment = Attachment
meeting-kind-help = Help wanted
meeting-kind-vote = Vote
meeting-kind-remark = Remark
meeting-kind-present = Present
meeting-kind-observing = Observing
meeting-kind-proxy = Proxy
meeting-kind-absent = Absent
meeting-kind-chair = Chair

meeting-not-disclosed = A line marked “confidential” was not stored. If it is to be recorded but not disclosed, write it again without that word, and set the disclosure of the minutes.
meeting-not-kept = { $ref } The record is written by the task force's members. What observers and people outside the roster write was not stored. Ask whoever keeps the minutes to write it as `Name Title: text`.
meeting-unclear-no-owner = This action names nobody. Who takes it on?
meeting-unclear-owner = “{ $written }”: who is meant?
meeting-unclear-owner-unknown = “{ $written }” is not in the roster. Who takes it on?
meeting-unclear-due =
    { $words ->
        [none] Please settle the due date. { $why }
       *[some] Please settle the due date: “{ $written }”. { $why }
    }
meeting-unclear-no-title = Nothing stands behind the marker. What should it say?
meeting-unclear-whose-votes = It does not say which side's votes these are.
meeting-settle-line = Something else
meeting-settle = Settle
meeting-settled = { $meeting } · noted: { $answer }
meeting-take-offer = Put this message into the minutes of { $meeting }?
meeting-take-decision = As a decision
meeting-take-action = As an action
meeting-taken = { $meeting } · it is in the minutes.

meeting-end-told = { $meeting } · ended. What was understood has been sent to { $keeper }.
meeting-resumed = { $meeting } · the meeting goes on. The thread is the record again.
meeting-review = { $meeting } · the meeting has ended. This is what I understood. Nothing is made or announced before you press [Put on record].
meeting-review-silent = { $meeting } · ended after 3 hours without a word. This is what I understood. If it is still on, press [Go on with it].
meeting-review-live = { $meeting } · the meeting goes on. What was understood comes again when it ends.
meeting-review-done = { $meeting } · on record. Until the sides have confirmed the draft its lines can be changed; they are then asked again.
meeting-review-how = [Put on record] announces it once in the channel, puts cards of decisions and actions into that thread, and tells each person once.
meeting-record = Put on record
meeting-recorded = { $meeting } · on record. The channel has been told, and each side is asked to confirm.
meeting-resume = Go on with it
meeting-lines = Change lines
meeting-facts = About the minutes
meeting-read = Read the minutes
meeting-files = Get the files
meeting-none = None
meeting-part-decisions = Decisions
meeting-part-others = Rejected or left open
meeting-part-actions = Actions
meeting-part-by-person = Actions by person
meeting-part-attendance = Attendance
meeting-part-unclear = To be settled
meeting-part-yours = Yours to do
meeting-part-addenda = Corrections
meeting-outcome-rejected = Rejected
meeting-outcome-open = Left open
meeting-more-unclear = There are { $count } more. They appear as you settle these.
meeting-lines-long = Too long to be put on record: { $refs }. An action can have { $title } characters, a decision { $decision }. Please shorten them under [Change lines].
meeting-item-besides = Also named: { $names }
meeting-decision-left-out = { $ref } left out of the draft minutes

meeting-lines-title = { $ref } change lines
meeting-lines-how = { $meeting } · The lines as written stay; changes are stored beside them.
meeting-line-change = Change
meeting-line-title = { $ref } change a line
meeting-line-omit = Leave out of the minutes
meeting-line-gone = That line is not in the minutes any more.
meeting-line-changed = { $meeting } · changed.
meeting-unchanged = { $meeting } · nothing was changed.
meeting-page = Page { $page }
meeting-field-wording = Wording
meeting-field-wording-hint = The document has it as it stands here.
meeting-field-said-by = Said by
meeting-field-owners = Owners
meeting-field-owners-hint = For example: Emma Clarke, 최유진 주무관
meeting-field-due = Due
meeting-field-behind = Where it stands
meeting-behind-stays = Where it is
meeting-behind-start = At the very start
meeting-host-which = Please choose the body that called the meeting from this task force's sides.
meeting-facts-changed = { $meeting } · changed.
meeting-fact-title = Name of the meeting
meeting-fact-title-hint = With its number, such as: 7th meeting of the task force
meeting-fact-host-hint = The body that called the meeting, writes the minutes and keeps them. The other sides are named as joint hosts.
meeting-fact-place = Place
meeting-fact-place-hint = For example: County Hall, room 2; video conference
meeting-fact-disclosure = Disclosure
meeting-fact-disclosure-hint = For example: public, partly public, not disclosed
meeting-fact-summary = Summary
meeting-fact-summary-hint = Left empty, it counts topics and decisions.
meeting-fact-keywords = Keywords
meeting-fact-keywords-hint = With commas between. Left empty, they are the names of the topics.
meeting-fact-next-meeting = Next meeting
meeting-fact-next-meeting-hint = For example: Thu 17 Dec 2026 14:00, County Hall
meeting-fact-attachments = Attachments
meeting-fact-attachments-hint = One a line, with the number of copies: Cost estimate, 1 copy. Numbers and “End.” come by themselves; those marked “attachment:” in the thread stand first.

meeting-summary-title = { $meeting }: what came of it
meeting-summary = { $meeting }: what came of it · decisions { $decisions } · actions { $actions }
meeting-confirm = Confirm the minutes
meeting-object = Object
meeting-confirm-how = One lead or deputy of each side (or a secretary by delegation) confirms for it, and with the minutes the decisions in them. Once every side has, they are final.
meeting-confirm-who = { $ref } Only each side's lead, deputies and secretaries by delegation can confirm or object to minutes. On your side: { $names }
meeting-confirm-other-side = { $ref }: you have spoken for another side already. Nobody speaks for two sides.
meeting-confirmed = { $meeting } · recorded as confirmed for { $side }, and with the minutes the decisions in them.
meeting-confirmed-final = Every side has confirmed: the minutes are final.
meeting-take-back = Undo
meeting-taken-back = { $meeting } · what you said to the minutes is taken back. The decisions stay confirmed.
meeting-nothing-to-take-back = { $ref } There is nothing of yours to take back.
meeting-objected = { $meeting } · recorded as objected to. Everybody sees the reason.
meeting-overtaken = { $meeting } · the draft has changed meanwhile, so nothing was recorded. Please look at it and press again.
meeting-word-none = { $side }: awaited
meeting-word-silent = { $side }: no objection in time
meeting-word-confirmed = { $side }: ✅ confirmed · { $who } · { $at }
meeting-word-objected = { $side }: objects · { $who } · { $at } · reason: { $reason }
meeting-by-delegation = { $who } (delegated by { $by })
meeting-told = What came of { $meeting }. ({ $who })
meeting-told-confirm = Please confirm the draft minutes. Comments until { $until }. Confirming them confirms these decisions too.
meeting-reworded = { $meeting } · the draft minutes have changed since you confirmed or objected. Please look again.
meeting-reminder =
    { $meeting } · the draft minutes await the word of { $waiting }. You were asked { $days ->
        [one] 1 working day
       *[other] { $days } working days
    } ago.
meeting-awaited-line =
    draft minutes · have awaited your side for { $days ->
        [one] 1 working day
       *[other] { $days } working days
    } · comments by { $until }
meeting-mention = { $who } please see what came of { $ref }. You cannot be written to directly, so it is said here.
meeting-ask-object-title = Object to the minutes
meeting-ask-object-field = Reason
meeting-ask-object-hint = Everybody sees it with your name.
meeting-ask-object-send = Object
meeting-addendum = Add a correction
meeting-ask-addendum-title = Correct the minutes
meeting-ask-addendum-field = Correction
meeting-ask-addendum-hint = The final text stays as it is; this is added below it.
meeting-ask-addendum-send = Add
meeting-addendum-line = { $text } · { $who } · { $at }
meeting-addendum-news = { $meeting } correction: { $line }
meeting-addendum-told = { $meeting } · the correction is added.
meeting-number = Document number
meeting-number-title = Document number
meeting-number-field = Your organisation's document number
meeting-number-on = Registered on
meeting-number-bad = Please give the document number in at most { $limit } characters.
meeting-number-line = { $side } document number: { $number } ({ $on })
meeting-number-told = { $meeting } · document number noted: { $number }
meeting-rest-in-files = The rest is in the files.

meetings-title = Meetings { $page }/{ $pages }
meetings-none = There have been no meetings yet.
meetings-start = Start a meeting
meetings-schedule = Plan a meeting
meetings-list = All meetings
meeting-overview-live = A meeting is on: { $meeting }. Write in its card's thread, or with these buttons.
meeting-overview-none = No meeting is on now.
meeting-overview-next = The next meeting: { $meeting } · { $at }

doctor-minutes-unaltered = Final minutes that are as they were confirmed: { $count }
doctor-minutes-altered = Final minutes that are not as they were confirmed: { $count } ({ $which })
mend-minutes-altered = The database was changed by something other than the bot. Compare it with a backup and restore it.
doctor-minutes-read-otherwise = Final minutes that this version of the bot would read otherwise today, and that stay as they were confirmed: { $count } ({ $which })

meeting-files-sent = { $meeting } · the files are coming as a direct message.
meeting-file = { $meeting } · the minutes as files.
meeting-papers-draft = { $meeting } · the draft of the minutes as files. Please say by { $until } what should be changed.
meeting-papers = { $meeting } · the confirmed minutes as files.
meeting-no-pdf = There is no PDF: no Korean font (fonts-nanum) is installed where the bot runs.
meeting-file-name = { $date }_meeting-{ $number }_minutes
meeting-file-name-draft = { $date }_meeting-{ $number }_minutes(draft)
search-line = Minutes: { $line }

meeting-plan-title = Plan a meeting
meeting-plan-send = Announce
meeting-plan-title-hint = Left empty, it is called by its number.
meeting-plan-on = Date
meeting-plan-at = Time
meeting-plan-people = Expected
meeting-plan-people-hint = Left empty, everybody. For example: Emma Clarke, 최유진 주무관
meeting-plan-past = That is past. Please choose a date and time to come.
meeting-plan-when = When: { $at }
meeting-plan-change = Move
meeting-plan-cancel = Cancel it
meeting-plan-moved = { $meeting } · has been moved.
meeting-plan-cancelled = { $meeting } · is cancelled.
meeting-plan-calendar-new = { $meeting } · a file for your calendar.
meeting-plan-calendar-moved = { $meeting } · a calendar file with the new plan. Open it to change an entry that you have.
meeting-plan-calendar-cancelled = { $meeting } · a calendar file that cancels the entry. Open it if you have one.
meeting-planned-told = { $meeting } · announced in the channel.
meeting-cancel-told = { $meeting } · cancelled. Its topics wait for the next meeting.
meeting-invited = Meeting · { $meeting }
meeting-part-agenda = Agenda
meeting-rsvp-side = { $side }: { $answers }
meeting-rsvp-yes = coming { $count } ({ $names })
meeting-rsvp-no = not coming { $count } ({ $names })
meeting-rsvp-proxy = by proxy { $count } ({ $names })
meeting-rsvp-none = no answer { $count } ({ $names })
meeting-rsvp-proxy-of = { $proxy } ← { $who }
meeting-rsvp-button-yes = Coming
meeting-rsvp-button-no = Not coming
meeting-rsvp-button-proxy = Send a proxy
meeting-rsvp-told-yes = { $meeting } · noted: you are coming.
meeting-rsvp-told-no = { $meeting } · noted: you are not coming.
meeting-rsvp-told-proxy = { $meeting } · noted, in your place: { $name }
meeting-proxy-title = Send a proxy
meeting-proxy-name = Name of who comes in your place
meeting-proxy-position = Position
meeting-proxy-who = Please name who comes in your place.
meeting-today = You have a meeting today: { $meeting }
meeting-comes = A meeting is coming up: { $meeting }
meeting-answer = Will you come? { $meeting }
meeting-answer-line = will you come?
meeting-reminder-why = You get this because you are expected. Choose "not coming" or send somebody, and there will be no more.
meeting-soon = A meeting begins soon: { $meeting }
meeting-ask-topic-title = Add a topic
meeting-ask-topic-field = Topic
meeting-ask-topic-hint = In one line, please.
meeting-ask-topic-send = Add
agenda-title = { $meeting } · agenda
agenda-draft = { $meeting } · the draft agenda. It is posted in the channel three working days before. Please add or take off.
agenda-posted = { $meeting } · agenda
agenda-waiting = Topics that wait for the next meeting
agenda-none = There are no topics yet. To add one: `/tft meeting agenda Name of the centre`
agenda-empty = No topics yet.
agenda-add = Add a topic
agenda-drop = Take off
agenda-change = See the agenda
agenda-came-back = (from the last meeting)
agenda-carried = { $text }
agenda-decision = Confirm the decision { $ref } { $text }
agenda-overdue = Overdue: { $ref } { $text }
agenda-half-done = Done by one side only: { $ref } { $text }
agenda-budget = Budget date: { $ref } { $text }
import-no-task-force = There is no task force in the channel { $channel }. Please give the channel’s id (C…).
import-keeper = “{ $name }”: please give `--keeper` a name that one person of the task force bears.
imported = { $ref } { $title }: { $lines } lines stored as a meeting. Once the bot runs it sends what it understood to the keeper, who puts it on record.
