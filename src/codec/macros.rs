//! The notation in which messages and entries of lists are declared.
//!
//! One line per field, in the guide's order: the guide's name and type, then what the crate makes of it.
//!
//! ```text
//! ConnectionCallID   UINT => connection_call_id: Option<CallId>;                    a field of the fixed part
//! ConnectionDeviceID STRING(64) => connection_device_id: Str<'a> = CONNECTION_DEVID; a floating field, at most 64 bytes
//! NumParties         USHORT counts parties [max 16];                                the count of a list
//! NamedVariable      NAMEDVAR(251) list named_variables: NamedVariable<'a> = NAMED_VARIABLE [count NumNamedVariables];
//! ConnectedParty     ENTRIES entries parties: ConnectedParty<'a> [count NumParties]; a list of entries
//! UniqueInstanceID   STRING(64) [since 24];                                         a field whose tag is not published
//! ```
//!
//! In brackets: `since N` and `until N` (versions), `required` or `conditional` (else optional), `max N`
//! (the most entries that the guide allows), `count NumX` (what counts a list), `device X` (the field that tells the
//! kind of device), `alias TAG` (another tag under which the field is read), `nullable` (a floating field that may be
//! there and hold "none"; in the fixed part the type is an `Option`). A string at the end is a remark for the docs.
//!
//! A message without `fixed` and `floating` has an InvokeID and nothing else. `then lines` behind a floating part adds
//! lines that several messages have, which are declared once by [`lines`](macro@lines).

/// What the generated code names.
pub(crate) mod scope {
    pub(crate) use crate::codec::body::{Encode, MessageBody, Request, version_of};
    pub(crate) use crate::codec::entry::next_entry;
    pub(crate) use crate::codec::field::FieldValue;
    pub(crate) use crate::codec::list::{Cursor, List, ListItem};
    pub(crate) use crate::codec::macros::is_snake_case_of;
    pub(crate) use crate::codec::read::{FixedPart, Walk, prefix_len};
    #[cfg(feature = "serde")]
    pub(crate) use crate::codec::serialize;
    pub(crate) use crate::codec::show;
    pub(crate) use crate::codec::visit::{Entry, Visit, VisitFields, WriteList};
    pub(crate) use crate::codec::wire::Number;
    pub(crate) use crate::codec::write::{Failure, Writer};
    pub(crate) use crate::error::DecodeError;
    pub(crate) use crate::schema::table::{Declared, Table, by_tag, by_tag_len, fields, fields_on};
    pub(crate) use crate::schema::{
        FieldSchema, MessageSchema, Need, Offsets, Place, Related, Role, Sender, Service, WireType,
    };
    pub(crate) use crate::types::message_type::MessageType;
    pub(crate) use crate::types::named_values::CallEventMask;
    pub(crate) use crate::types::scalar::Scalar;
    pub(crate) use crate::types::tag::Tag;
    pub(crate) use crate::version::ProtocolVersion;
    pub(crate) use core::fmt;
    pub(crate) use core::num::NonZeroU16;
}

/// Declares the messages of a service.
macro_rules! messages {
    (
        ($d:tt) $Service:ident, $title:literal;
        $(
            $(#[doc = $doc:literal])+
            $NAME:ident = $number:literal => $Message:ident, from $sender:ident
            $(, confirmed by $Reply:ident)? $(, read by $hook:ident)? $(, masked by $MASK:ident)? $(, since $since:literal)?;
            $(fixed $fixed:tt $(floating $floating:tt $(then $lines:ident)?)+)?
        )*
    ) => {
        const _: () = assert!(
            $crate::codec::macros::same($crate::schema::Service::$Service.title(), $title),
            "the title of the service"
        );

        $($crate::codec::macros::message! {
            {
                $Service $title [$($doc)+] $NAME $number $Message $sender [$($Reply)?] [$($hook)?] [$($MASK)?] [$($since)?]
            }
            [$($fixed $([$floating $($lines)?])+)?]
        })*

        /// Adds the messages of this service to those that follow, and goes on with the next service.
        macro_rules! collect {
            ($d then:ident [$d($d more:ident)*] $d($d messages:tt)*) => {
                $d then! { [$d($d more)*] $d($d messages)* $(($Message $NAME $number))* }
            };
        }
        pub(crate) use collect;
    };
}
pub(crate) use messages;

/// Puts the parts of a message together, and declares it.
macro_rules! message {
    ($head:tt []) => {
        $crate::codec::macros::message! { $head [{ InvokeID UINT => invoke_id: $crate::types::id::InvokeId; } [{}]] }
    };
    ($head:tt [$fixed:tt $part:tt $($parts:tt)*]) => {
        $crate::codec::macros::message! { @join $head $fixed {} $part $($parts)* }
    };
    (@join $head:tt $fixed:tt { $($floating:tt)* } [{ $($more:tt)* }] $($parts:tt)*) => {
        $crate::codec::macros::message! { @join $head $fixed { $($floating)* $($more)* } $($parts)* }
    };
    (@join $head:tt $fixed:tt { $($floating:tt)* } [{ $($more:tt)* } $lines:ident] $($parts:tt)*) => {
        $lines! { $head $fixed { $($floating)* $($more)* } $($parts)* }
    };
    (@join
        { $Service:ident $title:literal [$($doc:literal)+] $NAME:ident $number:literal $Message:ident $sender:ident
          $Reply:tt $hook:tt $MASK:tt [$($since:literal)?] }
        $fixed:tt $floating:tt
    ) => {
        $crate::codec::macros::struct_of_fields! {
            [
                $(#[doc = $doc])+
                #[doc = concat!(
                    "\n\nCTI Server Message Reference Guide, ", $title, ": `", stringify!($NAME), "`, message type ",
                    $number, $(", since version ", $since,)? "."
                )]
                #[derive(Clone, Default, PartialEq)]
            ]
            $Message [<'a>] [unknown] [$($since)?] [stringify!($NAME)] $fixed $floating
            message_impl { $Service $number $sender $Reply $hook $MASK }
        }
    };
}
pub(crate) use message;

/// Declares lines that several messages have in their floating parts.
macro_rules! lines {
    (($d:tt) $name:ident { $($lines:tt)* }) => {
        macro_rules! $name {
            ($d head:tt $d fixed:tt { $d($d floating:tt)* } $d($d parts:tt)*) => {
                $crate::codec::macros::message! {
                    @join $d head $d fixed { $d($d floating)* $($lines)* } $d($d parts)*
                }
            };
        }
        pub(crate) use $name;
    };
}
pub(crate) use lines;

/// Declares entries of lists: fields that follow one another.
///
/// The first field begins an entry, unless `ends with` names one that ends it. With `keeps unknown`, unknown
/// fields among an entry's belong to the entry; the message then has nothing but such entries in its floating part.
macro_rules! entries {
    ($(
        $(#[doc = $doc:literal])+
        $Entry:ident $(<$lt:lifetime>)? $(, since $since:literal)? $(, ends with $last:ident)? $(, keeps $unknown:ident)?;
        floating $floating:tt
    )*) => {
        $($crate::codec::macros::struct_of_fields! {
            [
                $(#[doc = $doc])+
                #[derive(Clone, Copy, Default, PartialEq)]
            ]
            $Entry [$(<$lt>)?] [$($unknown)?] [$($since)?] [stringify!($Entry)] {} $floating
            entry_impl { [$($last)?] [$($unknown)?] }
        })*
    };
}
pub(crate) use entries;

/// Declares entries whose members are two arrays of equal length, one element of each to an entry.
///
/// On the wire the elements may come entry by entry, array by array, or as arrays within one field each.
macro_rules! columns {
    ($(
        $(#[doc = $doc:literal])+
        $Entry:ident, since $since:literal;
        floating $floating:tt
    )*) => {
        $($crate::codec::macros::struct_of_fields! {
            [
                $(#[doc = $doc])+
                #[derive(Clone, Copy, Default, PartialEq)]
            ]
            $Entry [] [] [$since] [stringify!($Entry)] {} $floating
            columns_impl { $floating }
        })*
    };
}
pub(crate) use columns;

/// Makes the struct, its table, and what reads and tells its fields; then `implement` makes the rest.
macro_rules! struct_of_fields {
    (
        $attributes:tt $Type:ident $generics:tt $unknown:tt $since:tt $NAME:tt
        { $(
            $fguide:ident $fwire:ident $(counts $fcounts:ident)? $(=> $fname:ident: $fty:ty)?
            $([$($fattr:tt)*])? $(, $fnote:literal)?;
        )* }
        { $(
            $guide:ident $wire:ident $(($max:literal))?
            $(counts $counts:ident = $CTAG:ident)? $(=> $name:ident: $ty:ty = $TAG:ident)?
            $(list $list:ident: $item:ty = $LTAG:ident)? $(entries $entries:ident: $entry:ty)?
            $([$($attr:tt)*])? $(, $note:literal)?;
        )* }
        $implement:ident $details:tt
    ) => {
        $crate::codec::macros::struct_of_fields! {
            @with_groups $attributes $Type $generics $unknown $since $NAME
            { $(
                $fguide $fwire [] [$($($fattr)*)?] [$($fnote)?] $(counts $fcounts)? $(=> $fname: $fty)?;
            )* }
            { $(
                $guide $wire [$($max)?] [$($($attr)*)?] [$($note)?]
                $(counts $counts = $CTAG)? $(=> $name: $ty = $TAG)?
                $(list $list: $item = $LTAG)? $(entries $entries: $entry)?;
            )* }
            $implement $details
        }
    };
    // Each line has all its optional parts as groups, empty or not: so they can be handed on where something is optional.
    (
        @with_groups
        [$($attributes:tt)*] $Type:ident [$($generics:tt)*] [$($unknown:ident)?] [$($since:literal)?] [$NAME:expr]
        { $(
            $fguide:ident $fwire:ident $fmax:tt $fattr:tt $fnote:tt $(counts $fcounts:ident)?
            $(=> $fname:ident: $fty:ty)?;
        )* }
        { $(
            $guide:ident $wire:ident $max:tt $attr:tt $note:tt
            $(counts $counts:ident = $CTAG:ident)? $(=> $name:ident: $ty:ty = $TAG:ident)?
            $(list $list:ident: $item:ty = $LTAG:ident)? $(entries $entries:ident: $entry:ty)?;
        )* }
        $implement:ident { $($details:tt)* }
    ) => {
        $($attributes)*
        pub struct $Type $($generics)* {
            $($(
                #[doc = $crate::codec::macros::field_doc!($fguide $fwire $fmax $fattr $fnote)]
                pub $fname: $fty,
            )?)*
            $(
                $(
                    #[doc = $crate::codec::macros::field_doc!($guide $wire $max $attr $note)]
                    pub $name: Option<$ty>,
                )?
                $(
                    #[doc = $crate::codec::macros::field_doc!($guide $wire $max $attr $note)]
                    pub $list: $crate::codec::list::List<'a, $item>,
                )?
                $(
                    #[doc = $crate::codec::macros::field_doc!($guide $wire $max $attr $note)]
                    pub $entries: $crate::codec::list::List<'a, $entry>,
                )?
            )*
            $(
                /// Floating fields that the table does not have.
                pub $unknown: $crate::codec::unknown::UnknownFields<'a>,
            )?
        }

        const _: () = {
            #[allow(unused_imports, reason = "not every table needs all of it")]
            use $crate::codec::macros::{scope::*, *};

            $($(const _: () = assert!(is_snake_case_of(stringify!($fname), stringify!($fguide)));)?)*
            $($(const _: () = assert!(is_snake_case_of(stringify!($name), stringify!($guide)));)?)*

            #[allow(dead_code, reason = "some tables give a version with every field")]
            const SINCE: u8 = or!(9 $(, $since)?);

            /// The positions of the lines.
            #[allow(dead_code, non_camel_case_types, clippy::enum_variant_names, reason = "the guide's names")]
            enum AtFixed { $($fguide),* }
            #[allow(dead_code, non_camel_case_types, clippy::enum_variant_names, reason = "the guide's names")]
            enum At { $($guide),* }

            #[allow(dead_code, reason = "entries have no fixed part")]
            static FIXED: [FieldSchema; <[&str]>::len(&[$(stringify!($fguide)),*])] =
                [$(schema!($fguide $fwire $fmax $fattr ALONE SINCE $(=> $fty)?)),*];
            #[allow(dead_code, reason = "entries have no fixed part")]
            const PREFIX: usize = prefix_len(SINCE, &FIXED);

            /// Bytes of the fixed part.
            #[allow(dead_code, unused_variables, reason = "entries have no fixed part")]
            #[inline(always)]
            const fn fixed_len(version: ProtocolVersion) -> usize {
                0 $(+ if within!(version $fattr) { WireType::$fwire.size() } else { 0 })*
            }

            #[allow(dead_code, unused_variables, unused_mut, reason = "entries have no fixed part")]
            impl $($generics)* $Type $($generics)* {
                const DECLARED: &'static [Declared] = &[$(
                    declared!($guide $wire $max $attr SINCE
                        $(= $CTAG)? $(=> $ty = $TAG)? $(list $item = $LTAG)? $(entries $entry)?),
                )*];

                /// The first number of the fixed part with this role.
                #[inline]
                fn fixed_number(&self, role: Role) -> Option<u32> {
                    $($(
                        if <$fty as Scalar>::ROLE == role {
                            return Some(self.$fname.to_number().to_u32());
                        }
                    )?)*
                    None
                }

                /// Fills in the numbers of a fixed part.
                #[inline(always)]
                fn read_fixed(&mut self, version: ProtocolVersion, mut fixed: FixedPart<'_>) {
                    $(
                        if within!(version $fattr) {
                            $(self.$fname = Scalar::from_number(fixed.take());)?
                            $(self.$fcounts.declare(fixed.take());)?
                        }
                    )*
                }
            }
            const N: usize = fields_on($Type::DECLARED, $Type::DECLARED.len());
            static LINES: [FieldSchema; N] = fields($Type::DECLARED);
            static BY_TAG: [u8; by_tag_len(&LINES)] = by_tag(&LINES);
            static TABLE: Table = Table::new(&LINES, &BY_TAG);

            /// Where reading puts the field or the list of a line.
            #[allow(dead_code, reason = "there are tables without lines")]
            const fn slot(line: At) -> usize {
                fields_on($Type::DECLARED, line as usize)
            }

            /// The bit of a line, for [`Walk`].
            #[allow(dead_code, reason = "there are tables without lines")]
            #[inline(always)]
            const fn bit(line: At) -> u64 {
                let number = line as u32;
                assert!(number < 63, "the last bit is that of unknown fields");
                1 << number
            }

            /// Fills a value in which nothing is set with the fields of a floating part. `whole` is all that the value is
            /// read from. Returns what cannot be read at the end, because a field is cut off.
            ///
            /// Behind a reference and a call, so that the compiler leaves the fields where they are and does not carry
            /// them all in registers from one floating field to the next.
            #[allow(unused_variables, reason = "some tables have no lines")]
            #[inline(never)]
            fn read_floating<'a>(
                value: &mut $Type $($generics)*,
                version: ProtocolVersion,
                whole: &'a [u8],
                floating: &'a [u8],
            ) -> &'a [u8] {
                let mut walk = Walk::new(version, floating);
                while let Some(field) = walk.next() {
                    match field.tag {
                        $(
                            $(Tag::$CTAG if within!(version $attr) => {
                                walk.count(field, const { bit(At::$guide) }, &mut value.$counts)
                            })?
                            $(tags!($TAG $attr) if within!(version $attr) => {
                                walk.value(field, const { bit(At::$guide) }, &mut value.$name)
                            })?
                            $(Tag::$LTAG if within!(version $attr) => {
                                let line = &LINES[const { slot(At::$guide) }];
                                walk.item(field, bit(At::$guide), line, &TABLE, &mut value.$list)
                            })?
                        )*
                        _ => {
                            $($(if walk.entry::<$entry>(field, const { bit(At::$guide) }, &mut value.$entries) {
                                continue;
                            })?)*
                            walk.not_taken();
                        }
                    }
                }
                let keeping = 0 $($(| if <$entry as Entry>::KEEPS_UNKNOWN { bit(At::$guide) } else { 0 })?)*;
                $(value.$unknown = walk.unknown(whole, &TABLE, keeping);)?
                walk.rest()
            }

            impl $($generics)* VisitFields for $Type $($generics)* {
                const NAME: &'static str = $NAME;

                #[inline(always)]
                fn visit<V: Visit>(&self, visitor: &mut V) -> Result<(), V::Error> {
                    $(
                        $(visitor.fixed(stringify!($fname), &FIXED[AtFixed::$fguide as usize], self.$fname)?;)?
                        $(visitor.fixed_count(&FIXED[AtFixed::$fguide as usize], || self.$fcounts.len())?;)?
                    )*
                    $(
                        $(visitor.count(&LINES[const { slot(At::$guide) }], || self.$counts.optional_count())?;)?
                        $(visitor.field(stringify!($name), &LINES[const { slot(At::$guide) }], self.$name)?;)?
                        $(visitor.values(stringify!($list), &LINES[const { slot(At::$guide) }], &self.$list)?;)?
                        $(visitor.entries(stringify!($entries), &LINES[const { slot(At::$guide) }], &self.$entries)?;)?
                    )*
                    $(visitor.unknown(&self.$unknown)?;)?
                    Ok(())
                }
            }

            /// The fields that are there and not null.
            impl $($generics)* fmt::Debug for $Type $($generics)* {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    show::debug(self, stringify!($Type), f)
                }
            }

            #[cfg(feature = "serde")]
            impl $($generics)* serde::Serialize for $Type $($generics)* {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serialize::fields(self, serializer)
                }
            }

            $implement! { $Type [$($generics)*] $($details)* }
        };
    };
}
pub(crate) use struct_of_fields;

/// Makes a message of a struct of fields.
macro_rules! message_impl {
    (
        $Message:ident [$($generics:tt)*] $Service:ident $number:literal $sender:ident
        [$($Reply:ident)?] [$($hook:ident)?] [$($MASK:ident)?]
    ) => {
        static SCHEMA: MessageSchema = MessageSchema {
            name: $Message::NAME,
            message_type: MessageType($number),
            sender: Sender::$sender,
            service: Service::$Service,
            reply: option!($(<$Reply<'_> as MessageBody<'_>>::SCHEMA.message_type)?),
            since: SINCE,
            mask: option!($(CallEventMask::$MASK)?),
            fixed: &FIXED,
            floating: &TABLE,
            offsets: Offsets::new(SINCE, &FIXED),
        };

        /// In one line: the guide's name, and the fields that are there and not null, 0 or "none". Passwords are not shown.
        impl fmt::Display for $Message<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show::display(self, f)
            }
        }

        impl<'a> MessageBody<'a> for $Message<'a> {
            const SCHEMA: &'static MessageSchema = &SCHEMA;

            fn decode_body(version: ProtocolVersion, body: &'a [u8]) -> Result<Self, DecodeError> {
                // Read where the caller wants it: to move it later takes longer.
                let mut result = Ok(Self::default());
                if let Ok(message) = &mut result {
                    if let Err(error) = message.read(version, body) {
                        result = Err(error);
                    }
                }
                result
            }

            fn read(&mut self, version: ProtocolVersion, body: &'a [u8]) -> Result<(), DecodeError> {
                $(if let Some(message) = $hook(version, body) {
                    *self = message;
                    return Ok(());
                })?
                let version = version_of(&SCHEMA, version, body);
                let parts = body.split_at_checked(fixed_len(version));
                let parts = parts.and_then(|(fixed, floating)| Some((FixedPart::new::<PREFIX>(fixed)?, floating)));
                let Some((fixed, floating)) = parts else {
                    return Err(DecodeError::fixed_part_cut(&SCHEMA, fixed_len(version), body.len()));
                };
                self.read_fixed(version, fixed);
                let rest = read_floating(self, version, body, floating);
                if !rest.is_empty() {
                    return Err(DecodeError::floating_part_cut(&SCHEMA, version, body.len(), rest));
                }
                Ok(())
            }
        }

        $(impl Request for $Message<'_> {
            type Confirmation<'a> = $Reply<'a>;
        })?

        impl Encode for $Message<'_> {
            fn schema(&self) -> Option<&'static MessageSchema> {
                Some(&SCHEMA)
            }

            fn number(&self, role: Role) -> Option<u32> {
                self.fixed_number(role)
            }

            fn write<'b>(&self, out: Writer<'b>) -> Result<Writer<'b>, Failure> {
                out.fields(self)
            }
        }
    };
}
pub(crate) use message_impl;

/// Makes an entry of a struct of fields.
macro_rules! entry_impl {
    ($Entry:ident [$($generics:tt)*] [$($last:ident)?] [$($unknown:ident)?]) => {
        impl<'a> ListItem<'a> for $Entry $($generics)* {
            fn next(cursor: &mut Cursor<'a>) -> Option<Self> {
                next_entry(cursor)
            }
        }

        impl<'a> Entry<'a> for $Entry $($generics)* {
            const TABLE: &'static Table = &TABLE;
            $(const KEEPS_UNKNOWN: bool = { _ = stringify!($unknown); true };)?
            $(const LAST: Option<usize> = Some(slot(At::$last));)?

            fn read(version: ProtocolVersion, fields: &'a [u8]) -> Self {
                let mut entry = Self::default();
                read_floating(&mut entry, version, fields, fields);
                entry
            }
        }
    };
}
pub(crate) use entry_impl;

/// Makes an entry of a struct of two fields that are elements of arrays.
macro_rules! columns_impl {
    ($Entry:ident [] {
        $guide_a:ident $wire_a:ident => $a:ident: $A:ty = $TAG_A:ident $([$($attr_a:tt)*])? $(, $note_a:literal)?;
        $guide_b:ident $wire_b:ident => $b:ident: $B:ty = $TAG_B:ident $([$($attr_b:tt)*])? $(, $note_b:literal)?;
    }) => {
        impl<'a> ListItem<'a> for $Entry {
            fn next(cursor: &mut Cursor<'a>) -> Option<Self> {
                let ($a, $b) = cursor.next_of_columns(&LINES)?;
                Some(Self { $a, $b })
            }
        }

        impl<'a> Entry<'a> for $Entry {
            const TABLE: &'static Table = &TABLE;

            fn read(version: ProtocolVersion, fields: &'a [u8]) -> Self {
                let mut entry = Self::default();
                read_floating(&mut entry, version, fields, fields);
                entry
            }

            fn write_list<W: WriteList>(list: &List<'a, Self>, out: W) -> Result<W, W::Error> {
                out.columns(list, |entry| (entry.$a, entry.$b))
            }
        }
    };
}
pub(crate) use columns_impl;

/// A line of a floating part as it is declared.
macro_rules! declared {
    ($guide:ident $wire:ident $max:tt $attr:tt $since:ident entries $entry:ty) => {
        Declared::Entries(<$entry as Entry>::TABLE.lines)
    };
    ($guide:ident $wire:ident $max:tt $attr:tt $since:ident list $item:ty = $TAG:ident) => {
        Declared::Field(schema!($guide $wire $max $attr IN_LIST $since => $item = $TAG))
    };
    ($guide:ident $wire:ident $max:tt $attr:tt $since:ident $($field:tt)*) => {
        Declared::Field(schema!($guide $wire $max $attr ALONE $since $($field)*))
    };
}
pub(crate) use declared;

/// The schema of a field.
macro_rules! schema {
    (
        $guide:ident $wire:ident $max:tt $attr:tt $listed:ident $since:ident $(=> $ty:ty)? $(= $TAG:ident)?
    ) => {
        FieldSchema {
            name: stringify!($guide),
            wire: WireType::$wire,
            tag: option!($(Tag::$TAG)?),
            max: bound!($max),
            need: need!($attr),
            since: since!($since $attr),
            until: until!($attr),
            limit: limit!($attr),
            nullable: or!(false $(, <$ty as FieldValue>::NULLABLE)?) || nullable!($attr),
            values: or!(None $(, <$ty as FieldValue>::VALUES)?),
            secret: or!(false $(, <$ty as FieldValue>::SECRET)?),
            role: or!(Role::Other $(, <$ty as FieldValue>::ROLE)?),
            related: related!($attr),
            place: Place::$listed,
        }
    };
}
pub(crate) use schema;

/// The docs of a field: the guide's name and type, its versions, and the remark.
macro_rules! field_doc {
    ($guide:ident ENTRIES $max:tt $attr:tt [$($note:literal)?]) => {
        concat!("Entries of several fields, counted by `", $crate::codec::macros::count_name!($attr), "`." $(, " ", $note, ".")?)
    };
    ($guide:ident $wire:ident [$($max:literal)?] $attr:tt [$($note:literal)?]) => {
        concat!(
            "`", stringify!($guide), "`, ", stringify!($wire) $(, "(", $max, ")")?,
            $crate::codec::macros::doc_attributes!($attr), "." $(, " ", $note, ".")?
        )
    };
}
pub(crate) use field_doc;

/// The part of a field's docs that its attributes make.
macro_rules! doc_attributes {
    ([]) => { "" };
    ([since $n:literal $(, $($rest:tt)*)?]) => {
        concat!(", since version ", $n, $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([until $n:literal $(, $($rest:tt)*)?]) => {
        concat!(", until version ", $n, $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([count $count:ident $(, $($rest:tt)*)?]) => {
        concat!(", counted by `", stringify!($count), "`", $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([device $kind:ident $(, $($rest:tt)*)?]) => { $crate::codec::macros::doc_attributes!([$($($rest)*)?]) };
    ([call $call:ident $(, $($rest:tt)*)?]) => {
        concat!(", connected to `", stringify!($call), "`", $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([alias $tag:ident $(, $($rest:tt)*)?]) => {
        concat!(", also read under `", stringify!($tag), "`", $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([max $n:literal $(, $($rest:tt)*)?]) => { $crate::codec::macros::doc_attributes!([$($($rest)*)?]) };
    ([nullable $(, $($rest:tt)*)?]) => {
        concat!(", may be `NULL`", $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
    ([$need:ident $(, $($rest:tt)*)?]) => {
        concat!(", ", stringify!($need), $crate::codec::macros::doc_attributes!([$($($rest)*)?]))
    };
}
pub(crate) use doc_attributes;

/// Whether a version has a field.
macro_rules! within {
    ($version:ident $attr:tt) => {
        $version.within($crate::codec::macros::since!(MIN $attr), $crate::codec::macros::until!($attr))
    };
}
pub(crate) use within;

/// The first version of a field; for all versions `$default`, where `MIN` stands for 0.
macro_rules! since {
    ($default:ident [since $n:literal $($rest:tt)*]) => { $n };
    ($default:ident [$skip:tt $($rest:tt)*]) => { $crate::codec::macros::since!($default [$($rest)*]) };
    (MIN []) => { 0 };
    ($default:ident []) => { $default };
}
pub(crate) use since;

/// The last version of a field.
macro_rules! until {
    ([until $n:literal $($rest:tt)*]) => { $n };
    ([$skip:tt $($rest:tt)*]) => { $crate::codec::macros::until!([$($rest)*]) };
    ([]) => { u8::MAX };
}
pub(crate) use until;

/// Whether a sender has to give a field.
macro_rules! need {
    ([required $($rest:tt)*]) => { Need::Required };
    ([conditional $($rest:tt)*]) => { Need::Conditional };
    ([$skip:tt $($rest:tt)*]) => { need!([$($rest)*]) };
    ([]) => { Need::Optional };
}
pub(crate) use need;

/// Whether a field that can be left out may be null too.
macro_rules! nullable {
    ([nullable $($rest:tt)*]) => { true };
    ([$skip:tt $($rest:tt)*]) => { nullable!([$($rest)*]) };
    ([]) => { false };
}
pub(crate) use nullable;

/// The fields that tell more of a field.
macro_rules! related {
    ([]) => {
        None
    };
    ($attr:tt) => {{
        const RELATED: Related = Related {
            count: count!($attr),
            device: device!($attr),
            call: call!($attr),
            alias: alias!($attr),
        };
        if RELATED.is_empty() { None } else { Some(&RELATED) }
    }};
}
pub(crate) use related;

/// The count of a list, if it is one.
macro_rules! count {
    ([count $count:ident $($rest:tt)*]) => { Some(stringify!($count)) };
    ([$skip:tt $($rest:tt)*]) => { count!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use count;

/// The count of a list.
macro_rules! count_name {
    ([count $count:ident $($rest:tt)*]) => { stringify!($count) };
    ([$skip:tt $($rest:tt)*]) => { $crate::codec::macros::count_name!([$($rest)*]) };
}
pub(crate) use count_name;

/// The most entries that a count allows.
macro_rules! limit {
    ([max $n:literal $($rest:tt)*]) => { bound!([$n]) };
    ([$skip:tt $($rest:tt)*]) => { limit!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use limit;

/// The field that tells the kind of a device.
macro_rules! device {
    ([device $kind:ident $($rest:tt)*]) => { Some(stringify!($kind)) };
    ([$skip:tt $($rest:tt)*]) => { device!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use device;

/// Which field of the fixed part tells the call that a device is connected to.
macro_rules! call {
    ([call $call:ident $($rest:tt)*]) => { Some(AtFixed::$call as u8) };
    ([$skip:tt $($rest:tt)*]) => { call!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use call;

/// The tags under which a field is read, as a pattern.
macro_rules! tags {
    ($TAG:ident [alias $alias:ident $($rest:tt)*]) => { Tag::$TAG | Tag::$alias };
    ($TAG:ident [$skip:tt $($rest:tt)*]) => { tags!($TAG [$($rest)*]) };
    ($TAG:ident []) => { Tag::$TAG };
}
pub(crate) use tags;

/// Another tag of a field.
macro_rules! alias {
    ([alias $tag:ident $($rest:tt)*]) => { Some(Tag::$tag) };
    ([$skip:tt $($rest:tt)*]) => { alias!([$($rest)*]) };
    ([]) => { None };
}
pub(crate) use alias;

/// `Some` of a value, or `None` of nothing.
macro_rules! option {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
pub(crate) use option;

/// A number that is never 0, if there is one.
macro_rules! bound {
    ([]) => {
        None
    };
    ([$number:literal]) => {
        NonZeroU16::new($number)
    };
}
pub(crate) use bound;

/// The value that is given, or else the default.
macro_rules! or {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}
pub(crate) use or;

/// Whether a Rust name is the snake case of a guide's name: `line_type` of `LineType`, `ani_ii` of `ANI_II`. Where a word
/// of capitals ends is for the Rust name to say.
pub(crate) const fn is_snake_case_of(name: &str, guide: &str) -> bool {
    let (name, guide) = (name.as_bytes(), guide.as_bytes());
    let (mut i, mut j) = (0, 0);
    while j < guide.len() {
        let starts_word = j > 0 && guide[j].is_ascii_uppercase() && guide[j - 1].is_ascii_lowercase();
        if i < name.len() && name[i] == b'_' {
            // Between words only: before a capital, or where the guide has the same.
            if !guide[j].is_ascii_uppercase() && guide[j] != b'_' {
                return false;
            }
            i += 1;
            if guide[j] == b'_' {
                j += 1;
            }
        } else if starts_word {
            return false;
        }
        if i >= name.len() || j >= guide.len() || name[i] != guide[j].to_ascii_lowercase() {
            return false;
        }
        i += 1;
        j += 1;
    }
    i == name.len()
}

/// Whether two texts are the same.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
