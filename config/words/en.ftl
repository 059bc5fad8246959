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
help-undo = takes back what you have just recorded as done, e.g. `/tft undo A-12`
help-reopen = opens a closed item again, e.g. `/tft reopen A-12`
help-history = shows who changed what and when, e.g. `/tft history A-12`

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
setting-bot-token-missing = This is missing. It is the Bot User OAuth Token (xoxb-…) on Slack's page OAuth & Permissions.
setting-app-token-missing = This is missing. Make it on Slack's page Basic Information under App-Level Tokens, with connections:write.
setting-signing-secret-missing = This is missing. To hear Slack by HTTP it takes the Signing Secret from Slack's page Basic Information.
settings-bad = There is something wrong with the settings. Please mend this and start again:

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
setup-side = Name of side { $number } (an organisation)
setup-side-hint = A short name for messages and minutes. For example: GIST, Yeonggwang
setup-person = First lead or secretary of side { $number }
setup-person-placeholder = Type or choose a name
setup-person-option = { $name } · { $title }
setup-role = Role of that person on side { $number }
setup-more-sides = Add a side
setup-fewer-sides = Remove the last side
setup-weekday = Day of the weekly summary
setup-after = From then on the people of each side are changed by its own lead, deputy and secretary alone. Filling in this form gives you no role unless you name yourself.
setup-which-channel = In which channel shall the task force be? Please choose one that the bot is in.
setup-choose-channel = Choose a channel
setup-begin = Set up a task force
setup-hello = Hello, I am the bot of joint task forces. Each item has an owner on each side and is closed by ✅. Press the button below or type `/tft setup` to begin.
setup-done = *{ $name }* has begun. I am posting the menu in the channel and pinning it. Now everybody joins their side by `/tft join`, and its lead or secretary approves.
setup-already = This channel already has its task force: *{ $name }*
setup-who-may = Settings can be changed by: { $names }
setup-ahead = Somebody else has just set up a task force in this channel. Type `/tft` to see it.
setup-named = In *{ $name }* you have been named { $role } of the side { $side }. When people want to join your side, I ask you here. `/tft roster` shows who is in, `/tft member` sets roles.
setup-menu = Menu of { $name }
setup-menu-hint = Everything can be done by these buttons. Only you see what they answer.
setup-side-twice = A side above has the same name. Please choose another.
setup-person-twice = One person cannot stand for two sides. Please choose somebody else.
setup-person-missing = Please choose this side’s first lead or secretary from the list.
setup-person-bot = A bot cannot take this on. Please choose a person.
setup-person-not-here = { $name } is not in this channel. Invite them first, or choose somebody else.
setup-bot-not-here = The bot is not in this channel. Invite it there with /invite and try again.
setup-asker-not-here = Only people of the channel can set up its task force.

## Action items

item-owner = { $side } owner: { $owner }
item-owner-done = { $owner } · ✅ done
item-owner-seen = { $owner } · 👀 seen
item-due = Due: { $due }
item-stream = Workstream: #{ $stream }
item-open = Open · still to confirm: { $waiting }
item-half-done = { $done } done · now it is up to { $turn } (day { $days })
item-closed = Done · { $at }
item-cancelled = Cancelled
item-card-how = ✅ our side has done its part · 👀 seen, I take it on (for the owner, or the side's lead or deputy)
item-card-again = This item was opened again. Earlier ✅s do not count: when done, take yours away and press it again, or use the button.
item-done = Done
item-edit = Change
item-details = Details
item-undo = Undo
item-reopen = Open again
item-seen = Accept
item-added = Item added: { $item }
item-recorded = { $ref } recorded as done for { $side } · if you only meant “read”, press Undo and use 👀
item-recorded-closed = All confirmations are in: { $ref } is closed.
item-taken-back = { $ref } is no longer recorded as done for { $side } · { $state }
item-assigned = You have a new item. (Added by { $by })
item-assigned-for = Please pass this on to an owner who does not use Slack: { $owner } (added by { $by })
the-bot = the bot
item-owner-is-you = You named no owner, so it is yours. Press Change to name somebody else.
item-which = Please add the item's number, e.g. `A-12`
item-not-found = There is no { $ref } in “{ $name }”. See `/tft list` for the numbers.
item-gone = That item cannot be found. Please choose it again from `/tft list`.
item-not-open = { $ref } is finished already, so nothing was changed. Open it again if there is more to do.
item-open-already = { $ref } is open already.
item-nothing-to-undo = { $ref } is not recorded as done by you, so there is nothing to undo.
item-reaction-set-aside = { $ref } was opened again after that ✅, so it does not count. When done, take it away and press it again.
item-observer-may-not = Observers cannot add or change items. Please ask your side's secretary for another role.
item-owner-observer = An observer cannot own an item: { $name }
item-owners-of-one-side = A side has one owner. You named two of the same side: { $one }, { $other }
item-owner-not-in-roster = This owner is not in the roster: { $name }. They first need to join with `/tft join`.
item-owner-name-unclear = Several people have this name: { $name }. Please choose one with a Slack mention.
item-date-impossible = No calendar has this date: { $date }
item-title-missing = Please say what is to be done, e.g. `/tft add Draft of the opening plan @Kim @Park 2026-12-05 #center`
item-title-long = A title has at most { $limit } characters; this one has { $length }. Please shorten it and send it again.
item-confirm-stranger = { $ref }: you are not in the roster of this task force, so your ✅ does not count. Type `/tft join` in its channel to join.
item-confirm-observer = { $ref }: an observer's ✅ does not count.
item-confirm-no-part = { $ref }: your side has no owner in this item, so your ✅ does not count.
item-confirm-not-owner = { $ref }: only your side's owner, lead or deputy can confirm it, so your ✅ does not count.
item-confirm-for-another-side = { $ref }: you have confirmed for another side already; one person cannot count for two.

## Dates

date = { $weekday } { $day } { $month } { $year }
no-due-date = none yet
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
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
mend-parked-events = Look for the reference in the log and mend the cause (a newer version may), then stop the bot and run: tft doctor --retry
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
doctor-ill = { $count } things must be mended.

## Why each scope

scope-app-mentions-read = hears mentions of the bot in channels
scope-channels-history = looks for its own message after an uncertain send
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
