-- From here on nothing is generated: this reads messages by the tables above.
--
-- Works with Lua 5.2 (Wireshark up to 4.2) and 5.4, so it uses neither `bit32` nor the operators for bits.

local ged188 = Proto("ged188", "Cisco CTI Server Protocol (GED-188)")

ged188.prefs.ports = Pref.range("TCP ports", "42027,43027", "TCP ports of CTI servers", 65535)
ged188.prefs.version = Pref.uint("Version without OPEN_REQ", 24,
    "The protocol version of connections whose OPEN_REQ was not captured, " .. OLDEST .. " to " .. NEWEST)
ged188.prefs.limit = Pref.uint("Longest body", 1048576,
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
ged188.experts = { e_failure, e_unknown, e_wrong_length, e_no_table, e_cut, e_lost }

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

local function has_short_status(tvb, start, stop, message)
    local before = message.short_status
    if not before or stop - start ~= before + SHORT_STATUS then return false end
    return not (tvb(stop - 2, 1):uint() == CIL_CLIENT_ID and tvb(stop - 1, 1):uint() == 0)
end

-- What the column of infos has of a field: nothing of one that is null, or of a call that is none.
local function info_of(line, range, version)
    local number = range:uint()
    local field = made[line[1]]
    local null = number == (range:len() == 4 and 0xFFFFFFFF or 0xFFFF) or (number == 0 and field.name:find("CallID"))
    if null then return "" end
    local name = field.values and name_in(field.values, number, version)
    return string.format(" %s=%s", field.name, name or string.format("%.0f", number))
end

-- Reads the fixed part. Returns where it ends, or nothing if it is cut short. Notes in `found` what the rest needs.
local function dissect_fixed(tvb, start, stop, message, version, tree, found)
    local at = start
    local short = has_short_status(tvb, start, stop, message)
    for index, line in ipairs(message.fixed) do
        if in_version(line, version) then
            local size = SIZE[line[2]]
            if short and index == #message.fixed then size = 2 end
            if at + size > stop then
                local item = tree:add(f_cut, tvb(at, stop - at))
                item:add_proto_expert_info(e_cut, "The fixed part ends before " .. made[line[1]].name)
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

local function dissect_floating(tvb, start, stop, message, version, tree)
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
            local item = tree:add(f_cut, tvb(at, shown))
            local name = tag and (TAGS[tag] or "tag " .. tag) or "a field"
            item:add_proto_expert_info(e_cut, length and string.format("%s says %d bytes, %d are left",
                name, length, left - 2 * width) or "The message ends inside the header of " .. name)
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
        end
        item:add(f_tag, tvb(at, width))
        item:add(f_field_length, tvb(at + width, width))
        at = at + 2 * width + length
    end
end

local function known_version(number)
    return math.max(OLDEST, math.min(NEWEST, number))
end

-- The version in which an OPEN_REQ is read, and whether it is there for the messages that follow; nothing for others.
local function asked_version(tvb, start, stop, message)
    local at = start
    for _, line in ipairs(message.fixed) do
        if line.role == "version" then
            local there = at + 4 <= stop
            return known_version(there and tvb(at, 4):uint() or 0), there
        end
        at = at + SIZE[line[2]]
    end
end

-- Connections ----------------------------------------------------------------------------------------------

local stream_of = Field.new("tcp.stream")

-- What was learned of each connection, and of each message when its frame was first seen: Wireshark reads frames again
-- in any order.
local connections, messages = {}, {}

function ged188.init()
    connections, messages = {}, {}
end

local function connection_of()
    local streams = { stream_of() }
    local stream = streams[#streams]
    local key = stream and stream.value or -1
    connections[key] = connections[key] or { requests = {} }
    return connections[key]
end

-- The place for what is learned of the next message of this frame, whether it is new, and which message it is, from 1.
-- The count is in what Wireshark forgets with each reading of a frame.
local function memory_of(pinfo)
    local count = tonumber(pinfo.private["ged188"] or "0") + 1
    pinfo.private["ged188"] = tostring(count)
    local frame = messages[pinfo.number] or {}
    messages[pinfo.number] = frame
    local first = frame[count] == nil
    frame[count] = frame[count] or {}
    return frame[count], first, count
end

-- Finds the request that a message answers, and notes a request for its answer.
local function link(connection, memory, pinfo, message, number, invoke_id)
    local here, there = tostring(pinfo.src) .. " " .. pinfo.src_port, tostring(pinfo.dst) .. " " .. pinfo.dst_port
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

local function add_links(tree, memory, pinfo)
    if memory.response then
        tree:add(f_response_in, memory.response):set_generated()
    end
    if memory.request then
        tree:add(f_response_to, memory.request.frame):set_generated()
        -- Times are floating-point numbers, which tell microseconds today, and no more.
        local passed = math.floor(math.max(pinfo.abs_ts - memory.request.time, 0) * 1000000 + 0.5)
        local time = NSTime.new(math.floor(passed / 1000000), passed % 1000000 * 1000)
        tree:add(f_response_time, time):set_generated()
    end
end

-- MessageLength and MessageType.
local HEADER = 8

local function dissect_message(tvb, pinfo, root)
    local number = tvb(4, 4):uint()
    local start, stop = HEADER, tvb:len()
    local message = MESSAGES[number]
    local name = message_names[number] or "message " .. number
    local connection = connection_of()
    local memory, first, count = memory_of(pinfo)
    local asked, there
    if message then asked, there = asked_version(tvb, start, stop, message) end
    if first then
        if there then connection.version = asked end
        memory.version = connection.version
    end
    -- The preference is not remembered, so that a change of it shows at once.
    local version = asked or memory.version or known_version(ged188.prefs.version)

    if count == 1 then pinfo.cols.info:set(name) else pinfo.cols.info:append(", " .. name) end

    local tree = root:add(ged188, tvb(0, stop))
    tree:append_text(", " .. name)
    tree:add(f_length, tvb(0, 4))
    tree:add(f_type, tvb(4, 4))
    tree:add(f_version, version):set_generated()

    if not message or message.since > version then
        local item = stop > start and tree:add(f_body, tvb(start, stop - start)) or tree
        local why = message and name .. " came with version " .. message.since
            or UNPUBLISHED[number] and "The layout of " .. name .. " was never published"
            or "There is no message with this number"
        item:add_proto_expert_info(e_no_table, why)
        return
    end

    local found = { info = "" }
    local floating = dissect_fixed(tvb, start, stop, message, version, tree, found)
    pinfo.cols.info:append(found.info)
    if floating then dissect_floating(tvb, floating, stop, message, version, tree) end
    if found.failure then
        found.failure:add_proto_expert_info(e_failure, name .. ": " .. found.status)
        tree:append_text(", " .. found.status)
    end
    if found.invoke_id then
        if first then link(connection, memory, pinfo, message, number, found.invoke_id) end
        add_links(tree, memory, pinfo)
    end
end

function ged188.dissector(tvb, pinfo, root)
    pinfo.cols.protocol = "GED-188"
    local length = tvb:len()
    local at = 0
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
            if pinfo.can_desegment > 0 then
                pinfo.desegment_offset = at
                pinfo.desegment_len = left < HEADER and DESEGMENT_ONE_MORE_SEGMENT or needed - left
            else
                local tree = root:add(ged188, tvb(at, left))
                tree:add_proto_expert_info(e_cut, "The message goes on in segments that are not there or not reassembled")
            end
            return length
        end
        dissect_message(tvb(at, needed):tvb(), pinfo, root)
        at = at + needed
    end
    return length
end

local tcp_ports = DissectorTable.get("tcp.port")
local ports = ged188.prefs.ports
tcp_ports:add(ports, ged188)

function ged188.prefs_changed()
    if ports ~= ged188.prefs.ports then
        if ports ~= "" then tcp_ports:remove(ports, ged188) end
        ports = ged188.prefs.ports
        if ports ~= "" then tcp_ports:add(ports, ged188) end
    end
end
