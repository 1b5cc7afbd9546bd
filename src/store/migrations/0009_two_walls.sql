-- Who asks is said to the database too, so that it holds by itself what operations decide.
-- `recourse.wall` is 'inside' for machines of ours, 'staff', 'seller', 'claim', 'marketplace' or 'nobody'; unset, nothing is visible.

create function wall() returns text
language sql stable
return coalesce(current_setting('recourse.wall', true), '');

-- Whether a person of the marketplace asks who has one of these roles.
create function holds(variadic wanted text[]) returns boolean
language sql stable
return wall() = 'staff' and string_to_array(current_setting('recourse.roles', true), ',') && wanted;

-- Whether a person of the marketplace asks who works at this desk.
create function staffs(desk text) returns boolean
language sql stable
return wall() = 'staff' and desk = any(string_to_array(current_setting('recourse.desks', true), ','));

-- The person of the marketplace who asks, or null.
create function staff_id() returns text
language sql stable
return case when wall() = 'staff' then current_setting('recourse.staff_id', true) end;

-- Whether the seller asks to whom this belongs.
create function owns(seller_id text) returns boolean
language sql stable
return wall() = 'seller' and seller_id = current_setting('recourse.seller_id', true);
