-- title: Each person in last year's and this year's return
-- grain: one row per person and kind (employed, agency) in post in either year, or starter or leaver of this one
-- years: {first: 2018}
-- sources: ["derived from what the items mean: in post last year + starters - leavers = in post this year"]
with record as (
    select
        coalesce(CSWWWorker_last.SWENo, CSWWWorker_last.worker_id, 'record ' || CSWWWorker_last.row_id || ' of last year')
            as person,
        CSWWWorker_last.SWENo,
        CSWWWorker_last.worker_id,
        CSWWWorker_last.AgencyWorker = '1' as is_agency,
        CSWWWorker_last.RoleEndDate_text is null as was_in_post,
        CSWWWorker_last.RoleEndDate_text is not null as was_leaver,
        false as is_in_post,
        null::date as start_day,
        null::date as end_day,
        CSWWWorker_last.FTE as fte_last,
        null::numeric as fte_now,
        null::numeric as fte_before
    from CSWWWorker_last
    union all
    select
        coalesce(CSWWWorker.SWENo, CSWWWorker.worker_id, 'record ' || CSWWWorker.row_id) as person,
        CSWWWorker.SWENo,
        CSWWWorker.worker_id,
        CSWWWorker.AgencyWorker = '1' as is_agency,
        false as was_in_post,
        false as was_leaver,
        CSWWWorker.RoleEndDate_text is null as is_in_post,
        CSWWWorker.RoleStartDate as start_day,
        CSWWWorker.RoleEndDate as end_day,
        null::numeric as fte_last,
        CSWWWorker.FTE as fte_now,
        CSWWWorker.FTE30 as fte_before
    from CSWWWorker
),

dated as (
    select
        record.*,
        coalesce(record.start_day between collection.collection_start and collection.collection_end, false) as is_starter,
        coalesce(record.end_day between collection.collection_start and collection.collection_end, false) as is_leaver,
        coalesce(record.start_day < collection.collection_start, false) as is_older
    from record
    cross join collection
),

employed as (
    select
        dated.person,
        max(dated.SWENo) as SWENo,
        max(dated.worker_id) as worker_id,
        bool_or(dated.was_in_post) as was_in_post,
        bool_or(dated.was_leaver) as was_leaver,
        bool_or(dated.is_in_post) as is_in_post,
        count(distinct dated.start_day) filter (where dated.is_starter) as starts,
        count(distinct dated.end_day) filter (where dated.is_leaver) as leavings,
        coalesce(sum(dated.fte_last) filter (where dated.was_in_post), 0) as fte_last,
        coalesce(sum(dated.fte_now) filter (where dated.is_in_post), 0) as fte_now,
        coalesce(sum(dated.fte_now) filter (where dated.is_in_post and dated.is_starter), 0) as fte_started,
        coalesce(sum(dated.fte_before) filter (where dated.is_leaver), 0) as fte_left,
        coalesce(
            sum(coalesce(dated.fte_now, 0) - coalesce(dated.fte_before, 0))
            filter (where dated.is_in_post and not dated.is_starter),
            0
        ) as fte_changed
    from dated
    where not dated.is_agency
    group by dated.person
),

agency as (
    -- The return has no agency leavers: a worker who is not in this one has gone.
    select
        dated.person,
        max(dated.SWENo) as SWENo,
        max(dated.worker_id) as worker_id,
        bool_or(dated.was_in_post) as was_in_post,
        bool_or(dated.was_leaver) as was_leaver,
        bool_or(dated.is_in_post) as is_in_post,
        bool_or(dated.is_older) as is_older,
        coalesce(sum(dated.fte_last) filter (where dated.was_in_post), 0) as fte_last,
        coalesce(sum(dated.fte_now) filter (where dated.is_in_post), 0) as fte_now
    from dated
    where dated.is_agency
    group by dated.person
),

moved as (
    select
        'employed' as kind,
        employed.person,
        employed.SWENo,
        employed.worker_id,
        employed.was_in_post::integer as people_last,
        employed.starts as people_started,
        employed.leavings as people_left,
        employed.is_in_post::integer as people_now,
        employed.fte_last,
        employed.fte_started,
        employed.fte_left,
        employed.fte_changed,
        employed.fte_now,
        employed.was_leaver,
        agency.was_in_post as was_other,
        agency.is_in_post as is_other
    from employed
    left join agency on agency.person = employed.person
    union all
    select
        'agency' as kind,
        agency.person,
        agency.SWENo,
        agency.worker_id,
        agency.was_in_post::integer as people_last,
        (agency.is_in_post and not agency.was_in_post and not agency.is_older)::integer as people_started,
        (agency.was_in_post and not agency.is_in_post)::integer as people_left,
        agency.is_in_post::integer as people_now,
        agency.fte_last,
        case when not agency.was_in_post and not agency.is_older then agency.fte_now else 0 end as fte_started,
        case when not agency.is_in_post then agency.fte_last else 0 end as fte_left,
        case when agency.was_in_post and agency.is_in_post then agency.fte_now - agency.fte_last else 0 end as fte_changed,
        agency.fte_now,
        agency.was_leaver,
        employed.was_in_post as was_other,
        employed.is_in_post as is_other
    from agency
    left join employed on employed.person = agency.person
),

compared as (
    select
        moved.*,
        moved.people_last + moved.people_started - moved.people_left - moved.people_now as people_difference,
        moved.fte_last + moved.fte_started - moved.fte_left + moved.fte_changed - moved.fte_now as fte_difference
    from moved
)

select
    compared.kind,
    compared.person,
    compared.SWENo,
    compared.worker_id,
    compared.people_last,
    compared.people_started,
    compared.people_left,
    compared.people_now,
    compared.people_difference,
    compared.fte_last,
    compared.fte_started,
    compared.fte_left,
    compared.fte_changed,
    compared.fte_now,
    compared.fte_difference,
    case
        when compared.people_difference = 0 and compared.fte_difference <> 0
            then 'the hours of a year before are not those of last year''s return'
        when compared.people_difference = 0
            then case when compared.fte_changed <> 0 then 'hours changed' end
        when compared.people_now = 0 and compared.people_started + compared.people_left = 0
            then
                case
                    when compared.is_other then 'in post last year, only an agency worker now'
                    else 'in post last year, now neither in post nor a leaver'
                end
        when compared.people_last + compared.people_started + compared.people_left = 0
            then
                case
                    when compared.was_leaver then 'a leaver of last year, in post without a start in the year'
                    when compared.was_other then 'of the other kind last year, in post without a start in the year'
                    else 'in post without a start in the year, not in last year''s return'
                end
        when compared.people_last + compared.people_started = 0
            then 'a leaver who was not in post last year'
        when compared.people_last = 1 and compared.people_started = 1 and compared.people_left = 0
            then 'started in the year, but in post last year'
        when compared.people_started = 0 then 'left in the year, but in post without a new start'
        else 'starts and leavings do not follow each other'
    end as reason
from compared
