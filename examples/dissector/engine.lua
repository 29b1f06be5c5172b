-- From here on nothing is generated: this reads messages by the tables above.
--
-- Works with Lua 5.2 (Wireshark up to 4.2) and 5.4, so it uses neither `bit32` nor the operators for bits.

local ged188 = Proto("ged188", "Cisco CTI Server Protocol (GED-188)")

-- The value of the preference with which the version is guessed.
local GUESS = 0
-- A choice: its name on the command line, its name in the window, its value.
local versions = { { GUESS, "guess", GUESS } }
for version = OLDEST, NEWEST do
    versions[#versions + 1] = { version, tostring(version), version }
end

-- Sides A and B, then their secured ports.
ged188.prefs.ports = Pref.range("TCP ports", "42027,43027,42030,43030", "TCP ports of CTI servers", 65535)
ged188.prefs.version = Pref.enum("Version without OPEN_REQ", GUESS,
    "The protocol version of connections whose OPEN_REQ was not captured", versions, false)
ged188.prefs.limit = Pref.uint("Longest body", BODY_LIMIT,
    "A message that announces a longer body (in bytes) ends the reading of its segment")

-- Fields ---------------------------------------------------------------------------------------------------

local registered = {}

local function register(field)
    registered[#registered + 1] = field
    return field
end

local message_names = {}
for number, message in pairs(MESSAGES) do message_names[number] = message.name end
for number, name in pairs(UNPUBLISHED) do message_names[number] = name end

local f_length = register(ProtoField.uint32("ged188.message_length", "MessageLength"))
local f_type = register(ProtoField.uint32("ged188.message_type", "MessageType", base.DEC, message_names))
local f_version = register(ProtoField.uint32("ged188.version", "Version"))
local f_tag = register(ProtoField.uint16("ged188.field.tag", "Tag", base.DEC, TAGS))
local f_field_length = register(ProtoField.uint16("ged188.field.length", "Length"))
local f_body = register(ProtoField.bytes("ged188.body", "Body"))
local f_unknown = register(ProtoField.bytes("ged188.unknown_field", "Unknown field"))
local f_unknown_secret = register(ProtoField.string("ged188.unknown_secret", "Unknown field"))
local f_wrong_length = register(ProtoField.bytes("ged188.wrong_length", "Field of wrong length"))
local f_empty_array = register(ProtoField.none("ged188.empty_array", "Array without elements"))
local f_cut = register(ProtoField.bytes("ged188.cut", "Cut off"))
local f_response_in = register(ProtoField.framenum("ged188.response_in", "Response in",
    base.NONE, frametype.RESPONSE))
local f_response_to = register(ProtoField.framenum("ged188.response_to", "Response to",
    base.NONE, frametype.REQUEST))
local f_response_time = register(ProtoField.relative_time("ged188.response_time", "Response time"))

local e_failure = ProtoExpert.new("ged188.failure", "Failure", expert.group.RESPONSE_CODE, expert.severity.WARN)
local e_unknown = ProtoExpert.new("ged188.unknown_field.expert", "Unknown field",
    expert.group.UNDECODED, expert.severity.NOTE)
local e_wrong_length = ProtoExpert.new("ged188.wrong_length.expert", "Wrong length",
    expert.group.MALFORMED, expert.severity.WARN)
local e_no_table = ProtoExpert.new("ged188.body.expert", "Body without a published layout",
    expert.group.UNDECODED, expert.severity.NOTE)
local e_cut = ProtoExpert.new("ged188.cut.expert", "Cut off", expert.group.MALFORMED, expert.severity.ERROR)
local e_lost = ProtoExpert.new("ged188.lost.expert", "Not a message of this protocol",
    expert.group.MALFORMED, expert.severity.ERROR)
local e_missing = ProtoExpert.new("ged188.cut.missing", "Not all bytes of the message are here",
    expert.group.UNDECODED, expert.severity.NOTE)
local e_slow = ProtoExpert.new("ged188.response_time.slow", "Slow confirmation",
    expert.group.RESPONSE_CODE, expert.severity.NOTE)
ged188.experts = { e_failure, e_unknown, e_wrong_length, e_no_table, e_cut, e_lost, e_missing, e_slow }

-- Bytes of a number on the wire; types that are not here take any length.
local SIZE = {
    CHAR = 1, UCHAR = 1, SHORT = 2, USHORT = 2, USHORT_ARRAY = 2, BOOL = 2,
    INT = 4, UINT = 4, UINT_ARRAY = 4, TIME = 4, UNSPEC_8 = 8,
}
-- Unified CCX sends a BOOL of a floating field in four bytes.
local WIDE_BOOL = 4
local BITS = { uint8 = 8, uint16 = 16, uint32 = 32 }

-- Names by number. Of two names for a number the first counts.
for _, values in ipairs(VALUES) do
    values.names, values.since = {}, {}
    for _, value in ipairs(values) do
        local number, name, since = value[1], value[2], value[3]
        if not values.names[number] then
            values.names[number], values.since[number] = name, since
        end
    end
end

-- The Wireshark field of each line of FIELDS.
local made = {}
for index, line in ipairs(FIELDS) do
    local filter, name, kind, values = "ged188." .. line[1], line[2], line[3], VALUES[line[4]]
    local field = { name = name, kind = kind, values = values }
    if kind == "time" then
        field.proto = ProtoField.absolute_time(filter, name, base.UTC)
    elseif kind == "bool" then
        field.proto = ProtoField.bool(filter, name)
    elseif kind == "string" or kind == "bytes" then
        field.proto = ProtoField[kind](filter, name)
    elseif kind == "hidden" then
        field.proto = ProtoField.string(filter, name)
        field.length = register(ProtoField.uint16(filter .. ".length", name .. " length"))
    elseif kind == "variable" or kind == "array" then
        field.proto = ProtoField.none(filter, name)
        field.variable_name = register(ProtoField.string(filter .. ".name", "Name"))
        field.variable_value = register(ProtoField.string(filter .. ".value", "Value"))
        if kind == "array" then
            field.variable_index = register(ProtoField.uint8(filter .. ".index", "Index"))
        end
    elseif values and values.mask then
        field.proto = ProtoField[kind](filter, name, base.HEX)
        field.bits = {}
        for _, value in ipairs(values) do
            if value[1] ~= 0 then
                local bit = ProtoField.bool(filter .. "." .. value[4], value[2], BITS[kind], nil, value[1])
                field.bits[#field.bits + 1] = register(bit)
            end
        end
    else
        field.proto = ProtoField[kind](filter, name, base.DEC, values and values.names)
    end
    register(field.proto)
    made[index] = field
end

ged188.fields = registered

-- Values ---------------------------------------------------------------------------------------------------

local function in_version(line, version)
    return (line.since or 0) <= version and version <= (line.last or 255)
end

local function fits(line, length)
    local wire = line[2]
    local size = SIZE[wire]
    if wire == "NAMEDARRAY" then return length > 0 end
    if not size then return true end
    if wire == "USHORT_ARRAY" or wire == "UINT_ARRAY" then return length % size == 0 end
    return length == size or wire == "BOOL" and length == WIDE_BOOL
end

-- The bytes that may follow the first byte of a character in UTF-8: the lowest and the highest second byte, and how many
-- there are in all.
local function utf8_tail(first)
    if first >= 0xC2 and first <= 0xDF then return 0x80, 0xBF, 1 end
    if first == 0xE0 then return 0xA0, 0xBF, 2 end
    if first == 0xED then return 0x80, 0x9F, 2 end
    if first >= 0xE1 and first <= 0xEF then return 0x80, 0xBF, 2 end
    if first == 0xF0 then return 0x90, 0xBF, 3 end
    if first >= 0xF1 and first <= 0xF3 then return 0x80, 0xBF, 3 end
    if first == 0xF4 then return 0x80, 0x8F, 3 end
end

local function is_utf8(text)
    local at = 1
    while at <= #text do
        local first = text:byte(at)
        at = at + 1
        if first >= 0x80 then
            local low, high, count = utf8_tail(first)
            if not low then return false end
            for _ = 1, count do
                local byte = text:byte(at)
                if not byte or byte < low or byte > high then return false end
                at, low, high = at + 1, 0x80, 0xBF
            end
        end
    end
    return true
end

-- The text of a range, which its first NUL ends. The protocol names no character set: what is not UTF-8 is most likely
-- ISO 8859-1. (`range:string` of Wireshark 4.0 cuts text that has more bytes in UTF-8 than in its own encoding.)
local function text_of(range)
    local text = range:len() > 0 and range:raw():match("^[^\0]*") or ""
    if is_utf8(text) then return text end
    return (text:gsub("[\128-\255]", function(char)
        local byte = char:byte()
        return string.char(0xC0 + math.floor(byte / 64), 0x80 + byte % 64)
    end))
end

local function add_text(tree, proto, range)
    return tree:add(proto, range, text_of(range))
end

-- The name of a number in this version: before its name came, it may have meant something else.
local function name_in(values, number, version)
    local name = values and values.names[number]
    if name and values.since[number] <= version then return name end
end

local function add_number(tree, field, line, range, version)
    local item = tree:add(field.proto, range)
    local number = range:uint()
    if line.none and number == 256 ^ range:len() - 1 then
        item:set_text(field.name .. ": none")
    elseif field.bits then
        for _, bit in ipairs(field.bits) do item:add(bit, range) end
    elseif field.values and field.values.names[number] and not name_in(field.values, number, version) then
        item:set_text(string.format("%s: %d", field.name, number))
    end
    return item
end

-- Adds a part of a range as text, and returns the text. There may be no bytes for it, where no range can be made.
local function add_part(tree, proto, range, at, length)
    if length <= 0 then
        tree:add(proto, "")
        return ""
    end
    local part = range(at, length)
    add_text(tree, proto, part)
    return text_of(part)
end

-- Name, NUL, value, NUL; without a NUL all is name.
local function add_variable(tree, field, range)
    local item = tree:add(field.proto, range)
    local bytes, length = range:bytes(), range:len()
    local at, index = 0, ""
    if field.kind == "array" then
        item:add(field.variable_index, range(0, 1))
        at, index = 1, string.format("[%d]", range(0, 1):uint())
    end
    local stop = at
    while stop < length and bytes:get_index(stop) ~= 0 do stop = stop + 1 end
    local name = add_part(item, field.variable_name, range, at, stop - at)
    local value = add_part(item, field.variable_value, range, stop + 1, length - stop - 1)
    item:set_text(string.format("%s: %s%s = %s", field.name, name, index, value))
    return item
end

-- Adds the value of a field. `header` is the range of its tag and length, if it has them.
local function add_value(tree, line, range, header, version)
    local field = made[line[1]]
    if field.kind == "hidden" then
        -- The item covers the header alone, so that no export of it has the bytes.
        local item = tree:add(field.proto, header, "<hidden>")
        item:append_text(string.format(" (%d bytes)", range:len()))
        item:add(field.length, header, range:len())
        return item
    elseif field.kind == "string" then
        return add_text(tree, field.proto, range)
    elseif field.kind == "variable" or field.kind == "array" then
        return add_variable(tree, field, range)
    elseif field.kind == "bytes" or field.kind == "bool" then
        return tree:add(field.proto, range)
    end
    return add_number(tree, field, line, range, version)
end

-- Messages -------------------------------------------------------------------------------------------------


-- The layout of the guides of versions 24 and 25, which shows by its length: a FailureCode of two bytes and a
-- PeripheralErrorCode of four in place of a Status of four. In the usual layout the last two bytes would be a whole
-- field without data.
local SHORT_STATUS = 6

-- `body` is a string, of which bytes may be missing; `length` is how long it should be.
local function has_short_status(body, length, message)
    local before = message.short_status
    if not before or length ~= before + SHORT_STATUS then return false end
    return not (body:byte(length - 1) == CIL_CLIENT_ID and body:byte(length) == 0)
end

-- Shows the bytes from `at` to `stop` as what is left of a message that ends too early. If that is because bytes of it are
-- missing here, it is no fault of the sender.
local function add_cut(tree, tvb, at, stop, why, found)
    local item = stop > at and tree:add(f_cut, tvb(at, stop - at)) or tree:add(f_cut, "")
    if found.missing then
        item:add_proto_expert_info(e_missing, why .. ": " .. found.missing)
    else
        item:add_proto_expert_info(e_cut, why)
    end
    found.cut = true
end

-- What the column of infos has of a field: nothing of one that is null, or of a call or monitor that is none.
local function info_of(line, range, version)
    local number = range:uint()
    local field = made[line[1]]
    local null = number == (range:len() == 4 and 0xFFFFFFFF or 0xFFFF) or (number == 0 and line.zero_is_none)
    if null then return "" end
    local name = field.values and name_in(field.values, number, version)
    return string.format(" %s=%s", field.name, name or string.format("%.0f", number))
end

-- The column of infos has so many texts of the floating part of a message, each of so many bytes.
local MOST_TEXTS, LONGEST_TEXT = 2, 40

-- What the column of infos has of the floating part. `texts` has the ranges of the texts that may be shown, by rank.
local function info_of_texts(texts)
    local ranks = {}
    for rank in pairs(texts) do ranks[#ranks + 1] = rank end
    table.sort(ranks)
    local out = ""
    for at = 1, math.min(#ranks, MOST_TEXTS) do
        local text = text_of(texts[ranks[at]].range):gsub("%c", ".")
        if #text > LONGEST_TEXT then
            -- The last character may be cut, so it goes too.
            text = text:sub(1, LONGEST_TEXT):gsub("[\192-\255][\128-\191]*$", "") .. "..."
        end
        out = string.format("%s %s=%s", out, texts[ranks[at]].name, text)
    end
    return out
end

-- Reads the fixed part. Returns where it ends, or nothing if it is cut short. Notes in `found` what the rest needs.
local function dissect_fixed(tvb, start, stop, message, version, tree, found)
    local at = start
    local short = has_short_status(found.body, found.length, message)
    for index, line in ipairs(message.fixed) do
        if in_version(line, version) then
            local size = SIZE[line[2]]
            if short and index == #message.fixed then size = 2 end
            if at + size > stop then
                local name = made[line[1]].name
                local inside = at < stop and "inside " or "before "
                add_cut(tree, tvb, at, stop,
                    found.missing and "The message is cut " .. inside .. name or "The fixed part ends before " .. name, found)
                return nil
            end
            local range = tvb(at, size)
            local item = add_value(tree, line, range, nil, version)
            if line.info then found.info = found.info .. info_of(line, range, version) end
            if line.role == "invoke" then
                found.invoke_id = range:uint()
            elseif message.failure and not found.failure and made[line[1]].values then
                found.failure = item
                local number = range:uint()
                found.status = name_in(made[line[1]].values, number, version) or tostring(number)
                found.info = string.format("%s %s=%s", found.info, made[line[1]].name, found.status)
            end
            at = at + size
        end
    end
    if short then
        if at + 4 > stop then
            add_cut(tree, tvb, at, stop, "The message is cut before the end of PeripheralErrorCode", found)
            return nil
        end
        add_value(tree, { PERIPHERAL_ERROR_CODE, "UINT" }, tvb(at, 4), nil, version)
        at = stop
    end
    return at
end

-- Adds a field that the message does not have in this version, or has already.
local function add_unknown(tree, tag, range, header, why)
    local item
    if SECRETS[tag] then
        item = tree:add(f_unknown_secret, header, "<hidden>")
        item:append_text(string.format(" (%d bytes)", range:len()))
    else
        item = tree:add(f_unknown, range)
    end
    item:add_proto_expert_info(e_unknown, why)
    return item
end

local function dissect_floating(tvb, start, stop, message, version, tree, found)
    local width = version >= WIDE_FROM and 2 or 1
    local seen = {}
    local at = start
    while at < stop do
        local left = stop - at
        local tag = left >= width and tvb(at, width):uint()
        local length = left >= 2 * width and tvb(at + width, width):uint()
        if not length or length > left - 2 * width then
            -- The part that is there may be a password.
            local shown = (SECRETS[tag] and length) and 2 * width or left
            local name = tag and (TAGS[tag] or "tag " .. tag) or "a field"
            -- More than the whole message has room for is wrong, however much of it was captured.
            local room = found.stop - at - 2 * width
            if found.missing and length and length <= room then
                add_cut(tree, tvb, at, at + shown, "The message is cut inside " .. name, found)
            elseif length then
                found.missing = nil
                local why = string.format("%s says %d bytes, %d are left", name, length, room)
                add_cut(tree, tvb, at, at + shown, why, found)
            else
                add_cut(tree, tvb, at, at + shown, "The message ends inside the header of " .. name, found)
            end
            return
        end
        local header, range = tvb(at, 2 * width), tvb(at + 2 * width, length)
        local line = message.floating[tag]
        if line and not in_version(line, version) then line = nil end
        local item
        if not line then
            local name = TAGS[tag] or "Tag " .. tag
            item = add_unknown(tree, tag, range, header, name .. " is not a field of this message in version " .. version)
        elseif not fits(line, length) then
            local name = made[line[1]].name
            if made[line[1]].kind == "hidden" then
                item = add_value(tree, line, range, header, version)
            else
                item = tree:add(f_wrong_length, range)
                item:set_text(string.format("%s: %s", name, range:len() > 0 and range:bytes():tohex() or "no bytes"))
            end
            item:add_proto_expert_info(e_wrong_length, string.format("%s has %d bytes, %s takes %d",
                name, length, line[2], SIZE[line[2]] or 1))
        elseif seen[line] and not line.list then
            item = add_unknown(tree, tag, range, header, made[line[1]].name .. " was there before, the first counts")
        elseif line[2] == "USHORT_ARRAY" or line[2] == "UINT_ARRAY" then
            seen[line] = true
            local size = SIZE[line[2]]
            for element = 0, length / size - 1 do
                local added = add_value(tree, line, range(element * size, size), header, version)
                item = item or added
            end
            if not item then
                item = tree:add(f_empty_array, range)
                item:set_text(made[line[1]].name .. ": no elements")
            end
        else
            seen[line] = true
            item = add_value(tree, line, range, header, version)
            if line.info and length > 0 and range(0, 1):uint() ~= 0 and not found.texts[line.info] then
                found.texts[line.info] = { name = made[line[1]].name, range = range }
            end
        end
        item:add(f_tag, tvb(at, width))
        item:add(f_field_length, tvb(at + width, width))
        at = at + 2 * width + length
    end
end

local function known_version(number)
    return math.max(OLDEST, math.min(NEWEST, number))
end

-- The version in which an OPEN_REQ is read, and whether it is there for the messages that follow; nothing for others,
-- and for an OPEN_REQ of which the capture does not have it.
local function asked_version(tvb, start, stop, message, missing)
    local at = start
    for _, line in ipairs(message.fixed) do
        if line.role == "version" then
            local there = at + 4 <= stop
            if missing and not there then return nil end
            return known_version(there and tvb(at, 4):uint() or 0), there
        end
        at = at + SIZE[line[2]]
    end
end

-- Guesses of versions --------------------------------------------------------------------------------------

-- How bad it is if a message cannot be read to its end in a version, came with a later one, has a field of a wrong
-- length, has a field that the version does not know, or has a text without a NUL.
local ENDS_EARLY, TOO_NEW, WRONG_LENGTH, UNKNOWN_FIELD, NO_NUL = 100, 50, 10, 2, 1

local function fixed_length(message, version)
    message.lengths = message.lengths or {}
    if not message.lengths[version] then
        local length = 0
        for _, line in ipairs(message.fixed) do
            if in_version(line, version) then length = length + SIZE[line[2]] end
        end
        message.lengths[version] = length
    end
    return message.lengths[version]
end

-- Where the fields of a floating part stand: tag, length, and whether it ends with a NUL. Fields that are not captured to
-- their end are left out. `ends_early` says that a field is longer than the message.
local function walk(body, length, start, width)
    local fields = { ends_early = false }
    local at = start
    while at + 2 * width <= #body do
        local tag, size
        if width == 1 then
            tag, size = body:byte(at + 1, at + 2)
        else
            local a, b, c, d = body:byte(at + 1, at + 4)
            tag, size = a * 256 + b, c * 256 + d
        end
        at = at + 2 * width + size
        if at > length then
            fields.ends_early = true
            return fields
        end
        if at <= #body then
            fields[#fields + 1] = { tag, size, size > 0 and body:byte(at) == 0 }
        end
    end
    fields.ends_early = #body == length and at ~= length
    return fields
end

-- How badly a message reads in a version; 0 if it reads well. `walks` keeps what versions with headers and a fixed part
-- of the same length have in common.
local function penalty(body, length, message, version, walks)
    if message.since > version then return TOO_NEW end
    if has_short_status(body, length, message) then return 0 end
    local start, width = fixed_length(message, version), version >= WIDE_FROM and 2 or 1
    if start > length then return ENDS_EARLY end
    local key = 2 * start + width
    walks[key] = walks[key] or walk(body, length, start, width)
    if walks[key].ends_early then return ENDS_EARLY end
    local sum, seen = 0, {}
    for _, field in ipairs(walks[key]) do
        local tag, size, has_nul = field[1], field[2], field[3]
        local line = message.floating[tag]
        if not line or not in_version(line, version) or (seen[line] and not line.list) then
            sum = sum + UNKNOWN_FIELD
        elseif not fits(line, size) then
            sum = sum + WRONG_LENGTH
        elseif line[2] == "STRING" and not has_nul then
            sum = sum + NO_NUL
        end
        if line then seen[line] = true end
    end
    return math.min(sum, ENDS_EARLY)
end

-- Takes a message into account for the guess of the version of its connection.
local function observe(connection, body, length, message)
    local guess = connection.guess
    local walks = {}
    for version = OLDEST, NEWEST do
        guess[version] = (guess[version] or 0) + penalty(body, length, message, version, walks)
    end
end

-- The version that reads the messages of a connection best, the newest if there are several; and how many there are.
local function guessed_version(connection)
    local best, least, count = NEWEST, math.huge, 0
    for version = OLDEST, NEWEST do
        local sum = connection.guess[version] or 0
        if sum < least then count = 0 end
        if sum <= least then
            best, least, count = version, sum, count + 1
        end
    end
    return best, count
end

-- Connections ----------------------------------------------------------------------------------------------

-- What was learned of each connection, and of each message when its frame was first seen: Wireshark reads frames again
-- in any order.
local connections, messages = {}, {}

function ged188.init()
    connections, messages = {}, {}
end

local function sender(pinfo)
    return tostring(pinfo.src) .. " " .. pinfo.src_port
end

local function receiver(pinfo)
    return tostring(pinfo.dst) .. " " .. pinfo.dst_port
end

local function frame_of(pinfo)
    messages[pinfo.number] = messages[pinfo.number] or {}
    return messages[pinfo.number]
end

-- The connection of a frame: its version if there was an OPEN_REQ, the penalties of all versions, which are better known
-- with each message (so the guess is the connection's, and frames that are read again have its last state), its open
-- requests, and how many bytes of a message are still to come from each end.
-- It is known by addresses and ports, since Wireshark's first pass may have no tree, and so no `tcp.stream`.
local function connection_of(pinfo)
    local frame = frame_of(pinfo)
    if not frame.connection then
        local here, there = sender(pinfo), receiver(pinfo)
        local key = here < there and here .. " " .. there or there .. " " .. here
        connections[key] = connections[key] or { requests = {}, guess = {}, pending = {} }
        frame.connection = connections[key]
    end
    return frame.connection
end

-- Notes, when a frame is first read, that its last message goes on behind it, and whether Wireshark was asked for the rest.
local function note_pending(pinfo, rest)
    local frame = frame_of(pinfo)
    if not frame.has_noted then connection_of(pinfo).pending[sender(pinfo)] = rest end
    frame.has_noted = true
end

-- How many bytes at the start of what TCP gives belong to a message that began in an earlier segment, and are not put
-- together with it. Wireshark leaves out segments that were not captured as a whole (and sets `can_desegment` to 0)
-- even if it was asked to put them together.
local function pending_bytes(tvb, pinfo)
    local frame = frame_of(pinfo)
    if frame.skip then return frame.skip end
    local pending = connection_of(pinfo).pending
    local rest = pending[sender(pinfo)]
    pending[sender(pinfo)] = nil
    frame.skip = 0
    if rest and not (rest.asked and pinfo.can_desegment > 0) then
        frame.skip = math.min(rest.bytes, tvb:reported_len())
        if rest.bytes > frame.skip then
            pending[sender(pinfo)] = { bytes = rest.bytes - frame.skip, asked = rest.asked }
        end
    end
    return frame.skip
end

-- The place for what is learned of the next message of this frame, whether it is new, and which message it is, from 1.
-- The count is in what Wireshark forgets with each reading of a frame.
local function memory_of(pinfo)
    local count = tonumber(pinfo.private["ged188"] or "0") + 1
    pinfo.private["ged188"] = tostring(count)
    local frame = frame_of(pinfo)
    local first = frame[count] == nil
    frame[count] = frame[count] or {}
    return frame[count], first, count
end

-- Begins what the column of infos has of a message, by its place in the frame.
local function begin_info(pinfo, count, name)
    if count == 1 then pinfo.cols.info:set(name) else pinfo.cols.info:append(", " .. name) end
end

-- Finds the request that a message answers, and notes a request for its answer.
local function link(connection, memory, pinfo, message, number, invoke_id)
    local here, there = sender(pinfo), receiver(pinfo)
    local request = connection.requests[there .. " " .. invoke_id]
    if request and (request.reply == number or message.refuses) then
        memory.request = request
        request.memory.response = request.memory.response or pinfo.number
    end
    if message.reply then
        connection.requests[here .. " " .. invoke_id] =
            { reply = message.reply, frame = pinfo.number, time = pinfo.abs_ts, memory = memory }
    end
end

-- So many seconds a confirmation may take.
local SLOW = 2

local function add_links(tree, memory, pinfo)
    if memory.response then
        tree:add(f_response_in, memory.response):set_generated()
    end
    if memory.request then
        tree:add(f_response_to, memory.request.frame):set_generated()
        -- Times are floating-point numbers, which tell microseconds today, and no more.
        local passed = math.floor(math.max(pinfo.abs_ts - memory.request.time, 0) * 1000000 + 0.5)
        local time = NSTime.new(math.floor(passed / 1000000), passed % 1000000 * 1000)
        local item = tree:add(f_response_time, time):set_generated()
        if passed > SLOW * 1000000 then
            item:add_proto_expert_info(e_slow, string.format("The confirmation took %.1f s", passed / 1000000))
        end
    end
end

-- MessageLength and MessageType.
local HEADER = 8

-- The version in which to read a message that is no OPEN_REQ, and how it is known.
local function version_of(connection, memory)
    if memory.version then return memory.version, "" end
    -- The preference and the guess are not remembered with the message: both may change.
    local preferred = ged188.prefs.version
    if preferred >= OLDEST and preferred <= NEWEST then return preferred, " (by preference)" end
    local version, count = guessed_version(connection)
    return version, count == 1 and " (guessed)" or string.format(" (guessed, one of %d that fit)", count)
end

-- Reads a message. `length` is how long it is with its header, of which the tvb may have less: `missing` says why.
local function dissect_message(tvb, pinfo, root, length, missing)
    local number = tvb(4, 4):uint()
    local start, stop = HEADER, tvb:len()
    local message = MESSAGES[number]
    local name = message_names[number] or "message " .. number
    local connection = connection_of(pinfo)
    local memory, first, count = memory_of(pinfo)
    local found = {
        info = "", texts = {}, missing = missing, cut = false, stop = length,
        body = stop > start and tvb:raw(start, stop - start) or "", length = length - start,
    }
    local asked, there
    if message then asked, there = asked_version(tvb, start, stop, message, missing) end
    if first then
        if there then connection.version = asked end
        memory.version = connection.version
        if message and not connection.version then observe(connection, found.body, found.length, message) end
    end
    local version, how = asked, ""
    if not asked then version, how = version_of(connection, memory) end

    begin_info(pinfo, count, name)

    local tree = root:add(ged188, tvb(0, stop))
    tree:append_text(", " .. name)
    tree:add(f_length, tvb(0, 4))
    tree:add(f_type, tvb(4, 4))
    tree:add(f_version, version):set_generated():append_text(how)

    if not message or message.since > version then
        local item = stop > start and tree:add(f_body, tvb(start, stop - start)) or tree
        local why = message and name .. " came with version " .. message.since
            or UNPUBLISHED[number] and "The layout of " .. name .. " was never published"
            or "There is no message with this number"
        item:add_proto_expert_info(e_no_table, why)
    else
        local floating = dissect_fixed(tvb, start, stop, message, version, tree, found)
        if floating then dissect_floating(tvb, floating, stop, message, version, tree, found) end
        pinfo.cols.info:append(found.info .. info_of_texts(found.texts))
    end
    if missing then
        if not found.cut then add_cut(tree, tvb, stop, stop, "The message is cut", found) end
        pinfo.cols.info:append(" [cut]")
    end
    if found.failure then
        found.failure:add_proto_expert_info(e_failure, name .. ": " .. found.status)
        tree:append_text(", " .. found.status)
    end
    if missing then tree:append_text(string.format(" [cut: %d of %d bytes]", stop, length)) end
    if found.invoke_id then
        if first then link(connection, memory, pinfo, message, number, found.invoke_id) end
        add_links(tree, memory, pinfo)
    end
end

-- Shows a message of whose header bytes are missing.
local function dissect_cut_header(tvb, pinfo, root, missing)
    local _, _, count = memory_of(pinfo)
    local name = "a message [cut]"
    begin_info(pinfo, count, name)
    local tree = root:add(ged188, tvb(0))
    tree:append_text(", " .. name)
    if tvb:len() >= 4 then tree:add(f_length, tvb(0, 4)) end
    add_cut(tree, tvb, 0, tvb:len(), "The header of the message is cut", { missing = missing })
end

-- Shows bytes of a message that began in an earlier segment.
local function dissect_continuation(range, pinfo, root)
    local text = "[rest of a message that began in an earlier segment]"
    pinfo.private["ged188"] = "1"
    pinfo.cols.info:set(text)
    root:add(ged188, range):append_text(", " .. text)
end

local tls = Dissector.get("tls")

-- Whether these bytes are TLS, which has one of the types 20 to 23 in its first byte, and a version from 3.0 to 3.4. A
-- message of this protocol begins with zeros, since no body is that long.
local function is_tls(tvb)
    if tvb:len() < 3 then return false end
    local kind, major, minor = tvb(0, 1):uint(), tvb(1, 1):uint(), tvb(2, 1):uint()
    return kind >= 20 and kind <= 23 and major == 3 and minor <= 4
end

function ged188.dissector(tvb, pinfo, root)
    -- TLS gives back what it could decrypt.
    if tls and is_tls(tvb) then
        -- A call of a dissector takes one from it, and at 0 TLS could not put its records together.
        pinfo.can_desegment = pinfo.can_desegment + 1
        return tls:call(tvb, pinfo, root)
    end
    pinfo.cols.protocol = "GED-188"
    -- The snap length of a capture leaves the first `length` of `reported` bytes.
    local length, reported = tvb:len(), tvb:reported_len()
    local at = 0
    -- Only what TCP gives first of a frame can go on with an earlier message.
    local is_first = pinfo.private["ged188"] == nil
    local skip = pending_bytes(tvb, pinfo)
    if is_first and skip > 0 then
        at = math.min(skip, length)
        dissect_continuation(tvb(0, at), pinfo, root)
    end
    while at < length do
        local left = length - at
        local needed = HEADER
        if left >= HEADER then
            local body = tvb(at, 4):uint()
            if body > ged188.prefs.limit then
                local tree = root:add(ged188, tvb(at, left))
                tree:add_proto_expert_info(e_lost, string.format("A message announces a body of %.0f bytes", body))
                return length
            end
            needed = HEADER + body
        end
        if left < needed then
            -- Bytes that were not captured never come, and Wireshark adds nothing to a segment that lacks some.
            local ask = length == reported and pinfo.can_desegment > 0
            local behind = at + needed - reported
            if left >= HEADER and behind > 0 then note_pending(pinfo, { bytes = behind, asked = ask }) end
            if ask then
                pinfo.desegment_offset = at
                pinfo.desegment_len = left < HEADER and DESEGMENT_ONE_MORE_SEGMENT or needed - left
                return length
            end
            local missing = length < reported and "not all of it was captured"
                or "it goes on in segments that are not there or not reassembled"
            local rest = tvb(at, left):tvb()
            if left < HEADER then
                dissect_cut_header(rest, pinfo, root, missing)
            else
                dissect_message(rest, pinfo, root, needed, missing)
            end
            return length
        end
        dissect_message(tvb(at, needed):tvb(), pinfo, root, needed)
        at = at + needed
    end
    return length
end

-- The tables of ports: of TCP, and of what TLS decrypts.
local tables = { DissectorTable.get("tcp.port"), DissectorTable.get("tls.port") }
local ports = ""

local function use_ports()
    if ports == ged188.prefs.ports then return end
    for _, of_ports in ipairs(tables) do
        if ports ~= "" then of_ports:remove(ports, ged188) end
        if ged188.prefs.ports ~= "" then of_ports:add(ged188.prefs.ports, ged188) end
    end
    ports = ged188.prefs.ports
end

ged188.prefs_changed = use_ports
use_ports()
