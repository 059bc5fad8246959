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
